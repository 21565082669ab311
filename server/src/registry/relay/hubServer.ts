/** Sockets of the hub: WebSocket upgrades on `/v1/node/ws`, HTTP for everything else. */
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { maxFrameBytes } from '#schemas/wire/relay.ts';
import { createJsonServer, trustworthyHost } from '../http/jsonServer.ts';
import { failure, type HubApiOptions, hubApi } from './hubApi.ts';

export interface HubServerOptions extends HubApiOptions {
  /** Called once per kind of misuse and remote address. */
  misuse(remote: string, what: string): void;
}

/** A socket that does not take what is sent to it is closed before it fills the memory. */
const maxUnsentBytes = 4 * maxFrameBytes;
/** Text frames of one connection: a burst, then that many a second. A broker with a hundred agents sends a few. */
const frameBurst = 2_000;
const framesPerSecond = 200;
const sweepEveryMs = 2_500;

/** The server, not listening yet; `close` ends its sockets and its timer. */
export function createHubServer(options: HubServerOptions): { readonly server: Server; close(): void } {
  const { hub, misuse } = options;
  const api = hubApi(options);
  const server = createJsonServer({
    handle: (request) => api(request),
    error: (status, message) => failure(status, status === 413 ? 'payload_too_large' : 'bad_request', message).body,
    misuse,
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    // A compressed bomb would be inflated before its size is known; no client needs compression.
    perMessageDeflate: false,
    clientTracking: true,
  });
  const sweep = setInterval(() => hub.sweep(), sweepEveryMs);

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const remote = request.socket.remoteAddress ?? 'unknown';
    socket.on('error', () => socket.destroy());
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!trustworthyHost(request.headers.host)) return refuse(socket, 421);
    if (url.pathname !== '/v1/node/ws') return refuse(socket, url.pathname === '/v1/node/terminal/ws' ? 404 : 426);
    // The engine takes the query first, then the header.
    const offered = url.searchParams.get('token') ?? /^bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim();
    const token = offered === undefined ? null : hub.authorize(offered);
    if (token === null) {
      misuse(remote, 'a node without a token of this hub');
      return refuse(socket, 401);
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      let budget = frameBurst;
      let refilledMs = performance.now();
      const session = hub.connect(token, {
        remote,
        send(frame) {
          if (webSocket.readyState !== webSocket.OPEN) return;
          if (webSocket.bufferedAmount > maxUnsentBytes) webSocket.terminate();
          else webSocket.send(JSON.stringify(frame));
        },
        close: (code, reason) => webSocket.close(code, reason),
      });
      webSocket.on('message', (data, isBinary) => {
        const nowMs = performance.now();
        budget = Math.min(frameBurst, budget + ((nowMs - refilledMs) * framesPerSecond) / 1000);
        refilledMs = nowMs;
        budget -= 1;
        if (budget < 0) {
          misuse(remote, 'a node that sends more frames than any real one');
          webSocket.close(1008, 'too many frames');
        } else if (isBinary) {
          misuse(remote, 'a node that sends binary frames');
          webSocket.close(1003, 'text frames only');
        } else hub.receive(session, String(data));
      });
      // `ws` closes with 1009 on a frame that is too long; the reason comes here.
      webSocket.on('error', (error) => misuse(remote, error.message));
      webSocket.on('close', () => hub.disconnect(session));
    });
  });

  return {
    server,
    close() {
      clearInterval(sweep);
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
