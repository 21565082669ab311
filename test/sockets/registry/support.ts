/** Servers on loopback that end with their test, and a wait for something that is about to happen. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Runs at the end of the test, in reverse order. */
export function atEnd(end: () => unknown): void {
  ends.push(end);
}

/** Listens on a free port of loopback. Returns its `http://127.0.0.1:PORT`. */
export async function serve(server: Server, port = 0): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => close(server));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** An agent that answers with the given bodies; `null` never answers. */
export function agentServer(bodies: Readonly<Record<string, unknown>>, seen: string[] = []): Server {
  const listener: RequestListener = (request: IncomingMessage, response) => {
    seen.push(`${request.method} ${request.url}`);
    const body = bodies[request.url ?? ''];
    if (body === null) return;
    response.statusCode = body === undefined ? 404 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? { detail: 'Not Found' }));
  };
  return createServer(listener);
}

/** Looks again after each event-loop turn that had I/O or a timer, until `true` or the deadline. */
export async function until(what: string, holds: () => boolean, deadlineMs = 15_000): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const post = async (
  url: string,
  body: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) => {
  const response = await fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as unknown };
};

/** A port of loopback that nobody has at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await close(server);
  return port;
}
