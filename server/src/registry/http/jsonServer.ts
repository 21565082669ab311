/** A small HTTP server that speaks JSON and survives hostile clients: bounded headers, bodies, connections and waiting. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIPv4 } from 'node:net';

export interface JsonRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Parsed body; undefined: none was sent, or it was not JSON. */
  readonly body: unknown;
  readonly hasBody: boolean;
  readonly remote: string;
}

export interface JsonReply {
  readonly status: number;
  readonly body: unknown;
}

export interface JsonServerOptions {
  handle(request: JsonRequest): JsonReply | Promise<JsonReply>;
  /** Body of an error that the server itself reports, in the protocol's own shape. */
  error(status: number, message: string): unknown;
  /** Default 64 KiB. */
  readonly maxBodyBytes?: number;
  /** Called once per kind of misuse and remote address. */
  misuse(remote: string, what: string): void;
}

/** Slower clients are cut off; real ones need milliseconds. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 15_000;
const maxConnections = 4_096;

/** The server, not listening yet. */
export function createJsonServer(options: JsonServerOptions): Server {
  const maxBodyBytes = options.maxBodyBytes ?? 65_536;
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 5_000,
    },
    (incoming, response) => void answer(incoming, response),
  );
  server.maxConnections = maxConnections;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else socket.destroy();
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const remote = incoming.socket.remoteAddress ?? 'unknown';
    const refuse = (status: number, message: string) => {
      options.misuse(remote, message);
      // The rest of an unwanted body is not read.
      response.setHeader('connection', 'close');
      send(response, { status, body: options.error(status, message) });
    };
    if (!trustworthyHost(incoming.headers.host)) return refuse(421, 'the Host header names another machine');
    const declared = Number(incoming.headers['content-length'] ?? 0);
    if (declared > maxBodyBytes) return refuse(413, `a body is limited to ${maxBodyBytes} bytes`);
    const text = await read(incoming, maxBodyBytes);
    if (text === null) return refuse(413, `a body is limited to ${maxBodyBytes} bytes`);
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    try {
      send(
        response,
        await options.handle({
          method: incoming.method ?? 'GET',
          path: url.pathname,
          query: url.searchParams,
          headers: incoming.headers,
          body: isJson(incoming.headers['content-type']) ? parse(text) : undefined,
          hasBody: text !== '',
          remote,
        }),
      );
    } catch (error) {
      refuse(500, error instanceof Error ? error.message : 'internal error');
    }
  }

  return server;
}

/**
 * A browser page whose name was made to resolve to this machine sends its own name as Host; programs that call us by
 * address or by a machine's name do not carry a dot-separated public one. Names of one label and `.local`, `.internal`
 * and `.lan` stay possible for containers and home networks.
 */
export function trustworthyHost(header: string | undefined): boolean {
  if (header === undefined) return true;
  const host = header.replace(/:\d+$/, '').toLowerCase();
  if (isIPv4(host) || host.startsWith('[')) return true;
  return !host.includes('.') || /\.(?:local|localhost|internal|lan|home\.arpa)$/.test(host);
}

/** JSON only: a form or plain text is what a web page may send to any address without asking. */
const isJson = (contentType: string | undefined): boolean => /^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType ?? '');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function read(incoming: IncomingMessage, maxBytes: number): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        incoming.pause();
        resolve(null);
      } else chunks.push(chunk);
    });
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    incoming.on('error', () => resolve(''));
    incoming.on('close', () => resolve(''));
  });
}

function send(response: ServerResponse, reply: JsonReply): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(reply.body);
  response.writeHead(reply.status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
