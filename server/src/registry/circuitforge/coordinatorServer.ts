/** HTTP side of the coordinator: the paths of circuitforge-core 0.7.0 (coordinator/app.py) that agents and people use. */
import type { Server } from 'node:http';
import { registrationSchema } from '#schemas/wire/circuitForge.ts';
import { createJsonServer, type JsonReply, type JsonRequest } from '../http/jsonServer.ts';
import type { Coordinator } from './coordinator.ts';

/** `POST /api/nodes` is what the program has, `/api/nodes/register` what its own issue asked for. */
const registrationPaths = new Set(['/api/nodes', '/api/nodes/register']);

/** The server, not listening yet. Errors have FastAPI's shape, `{"detail": …}`. */
export function createCoordinatorServer(coordinator: Coordinator, misuse: (remote: string, what: string) => void): Server {
  return createJsonServer({
    error: (_status, message) => ({ detail: message }),
    misuse,
    handle: (request) => route(coordinator, request, misuse),
  });
}

function route(
  coordinator: Coordinator,
  request: JsonRequest,
  misuse: (remote: string, what: string) => void,
): JsonReply | Promise<JsonReply> {
  const { method, path } = request;
  if (registrationPaths.has(path) && method === 'POST') return register(coordinator, request, misuse);
  if (path === '/api/nodes' && method === 'GET') return { status: 200, body: coordinator.list() };
  if (path === '/api/health' && method === 'GET') return { status: 200, body: { status: 'ok' } };
  if (path === '/api/health' || registrationPaths.has(path)) return { status: 405, body: { detail: 'Method Not Allowed' } };
  return { status: 404, body: { detail: 'Not Found' } };
}

async function register(
  coordinator: Coordinator,
  request: JsonRequest,
  misuse: (remote: string, what: string) => void,
): Promise<JsonReply> {
  const parsed = registrationSchema.safeParse(request.body);
  if (!parsed.success) {
    misuse(request.remote, 'a registration that is not {"node_id", "agent_url"} as JSON');
    return {
      status: 422,
      body: { detail: parsed.error.issues.map((issue) => detail(issue.code, issue.path.map(String), issue.message)) },
    };
  }
  const result = await coordinator.register(parsed.data);
  if (result.ok) return { status: 200, body: { registered: true, node_id: parsed.data.node_id } };
  misuse(request.remote, `a registration that was refused: ${result.reason}`);
  return {
    status: result.status,
    body: { detail: result.status === 422 ? [detail('value_error', ['agent_url'], result.reason)] : result.reason },
  };
}

const detail = (type: string, path: readonly string[], msg: string) => ({ type, loc: ['body', ...path], msg });
