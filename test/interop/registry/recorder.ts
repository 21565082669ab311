/** Stands between a relay node and our hub, passes everything on and keeps every frame of both directions. */
import { createServer, request as httpRequest } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { atEnd, serve } from '../../sockets/registry/support.ts';

export interface Recorder {
  /** Base URL for the node. */
  readonly url: string;
  readonly fromNode: unknown[];
  readonly fromHub: unknown[];
}

/** @param hub `http://HOST:PORT` of the hub; it may go and come back. */
export async function record(hub: string): Promise<Recorder> {
  const fromNode: unknown[] = [];
  const fromHub: unknown[] = [];
  const { host } = new URL(hub);
  const server = createServer((incoming, response) => {
    const outgoing = httpRequest(
      `${hub}${incoming.url}`,
      { method: incoming.method, headers: { ...incoming.headers, host } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (incoming, socket, head) => {
    const { authorization } = incoming.headers;
    const upstream = new WebSocket(`${hub.replace('http', 'ws')}${incoming.url}`, {
      headers: authorization === undefined ? {} : { authorization },
    });
    upstream.on('error', () => socket.destroy());
    upstream.on('unexpected-response', (_request, answer) => {
      socket.end(`HTTP/1.1 ${answer.statusCode} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    });
    upstream.on('open', () =>
      sockets.handleUpgrade(incoming, socket, head, (downstream) => {
        downstream.on('message', (data) => {
          fromNode.push(JSON.parse(String(data)));
          upstream.send(String(data));
        });
        upstream.on('message', (data) => {
          fromHub.push(JSON.parse(String(data)));
          downstream.send(String(data));
        });
        downstream.on('ping', (data) => upstream.ping(data));
        downstream.on('error', () => upstream.terminate()).on('close', () => upstream.terminate());
        upstream.on('close', () => downstream.terminate());
      }),
    );
  });
  const url = await serve(server);
  atEnd(() => {
    for (const client of sockets.clients) client.terminate();
  });
  return { url, fromNode, fromHub };
}
