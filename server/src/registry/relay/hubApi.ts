/**
 * The HTTP calls beside the socket: what real brokers (9.1.6, 12.4.1) need before they open it and when they spawn, and the
 * `nodes` queries of the SDK. Envelope: `{"ok": true, "data": …}` or `{"ok": false, "error": {"code", "message"}}`.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { agentCreationSchema, enrolmentSchema } from '#schemas/wire/relay.ts';
import type { JsonReply, JsonRequest } from '../http/jsonServer.ts';
import type { Hub } from './hub.ts';
import { type HubNode, publicNode } from './hubNode.ts';

export interface HubApiOptions {
  readonly hub: Hub;
  /** `rk_…` of this workspace; null: nobody can enrol, and any workspace key will do for the calls that grant nothing. */
  readonly workspaceKey: string | null;
  now(): Date;
}

const epoch = new Date(0).toISOString();

export function hubApi(options: HubApiOptions): (request: JsonRequest) => JsonReply {
  const { hub } = options;
  return (request) => {
    const bearer = /^bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim() ?? '';
    const caller = hub.agentNames.ofToken(bearer);
    if (caller === null && !isWorkspaceKey(options, bearer)) {
      return failure(401, 'unauthorized', 'A workspace key of this hub is needed as bearer token.');
    }
    const parts = request.path.split('/').slice(1).map(decode);
    if (parts[0] !== 'v1' || parts.includes(null)) return notFound();
    const [, resource, name, sub, ...rest] = parts as string[];
    const route = `${request.method} ${resource ?? ''}${name === undefined ? '' : '/:name'}${sub === undefined ? '' : `/${sub}`}`;
    if (rest.length > 0) return notFound();
    switch (route) {
      case 'POST nodes':
        if (caller !== null) return failure(401, 'unauthorized', 'Enrolment needs the workspace key.');
        return enrol(options, request);
      case 'GET nodes':
        return success(200, list(hub, request.query));
      case 'GET nodes/:name':
        return withNode(hub, name, (node) => publicNode(node));
      case 'GET nodes/:name/agents':
        return withNode(hub, name, (node) => agentsOf(node));
      case 'POST agents':
        return createAgent(hub, request, options.now());
      case 'GET agents/:name':
        return name !== undefined && hub.agentNames.has(name) ? success(200, agent(hub, name)) : notFound();
      // What a broker says of its own agent at its end; who is there is decided by its socket.
      case 'PATCH agents/:name':
      case 'POST agents/:name':
        return success(200, { name });
      case 'POST channels':
        return createChannel(request);
      case 'POST channels/:name/join':
        if (caller !== null && name !== undefined) hub.agentNames.join(caller, name);
        return success(200, { channel: channel(name ?? ''), joined: true });
      case 'POST channels/:name/mute':
        return success(200, { channel: channel(name ?? ''), muted: true });
      case 'GET channels/:name/members':
        return success(200, members(hub, name ?? ''));
      default:
        return notFound();
    }
  };
}

/** Digests of equal length, compared in constant time. */
function isWorkspaceKey({ workspaceKey }: HubApiOptions, bearer: string): boolean {
  if (workspaceKey === null) return bearer.startsWith('rk_');
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(workspaceKey), digest(bearer));
}

function enrol({ hub, workspaceKey }: HubApiOptions, request: JsonRequest): JsonReply {
  if (workspaceKey === null) {
    return failure(401, 'unauthorized', 'This hub has no workspace key, so nobody can enrol; give the node one of its tokens.');
  }
  const parsed = enrolmentSchema.safeParse(request.body);
  if (!parsed.success) return invalid(parsed.error.issues[0]?.message ?? 'invalid', parsed.error.issues[0]?.path.join('.') ?? '');
  const result = hub.enrol(parsed.data);
  if (result.ok) return success(201, { ...result.node, token: result.token });
  if (result.error === 'node_name_conflict') return failure(409, result.error, `Another node is called ${parsed.data.name}.`);
  if (result.error === 'invalid_node_name') return failure(400, result.error, 'A node needs a name.');
  return failure(503, result.error, 'This hub keeps no more nodes.');
}

function list(hub: Hub, query: URLSearchParams) {
  const capability = query.get('capability');
  const name = query.get('name');
  return [...hub.nodes()]
    .map(publicNode)
    .filter((node) => name === null || node.name === name)
    .filter((node) => capability === null || node.capabilities.some((known) => known.name === capability));
}

function withNode(hub: Hub, name: string | undefined, answer: (node: HubNode) => unknown): JsonReply {
  const node = name === undefined ? null : hub.find(name);
  return node === null ? failure(404, 'node_not_found', 'There is no node of that name.') : success(200, answer(node));
}

const agentsOf = (node: HubNode) =>
  [...node.providers.values()]
    .filter(({ session }) => session !== null)
    .flatMap(({ agents }) => [...agents.values()].map(({ agent_id, name }) => ({ id: agent_id, name, status: 'online' })));

/** The first call of a broker: it takes over the name that comes back, and ends itself where `status` is missing. */
function createAgent(hub: Hub, request: JsonRequest, now: Date): JsonReply {
  const parsed = agentCreationSchema.safeParse(request.body);
  if (!parsed.success) return invalid(parsed.error.issues[0]?.message ?? 'invalid', 'name');
  const { name, type } = parsed.data;
  const id = hub.agentNames.idOf(name);
  return success(201, { id, name, type, token: hub.agentNames.mintToken(name), status: 'online', created_at: now.toISOString() });
}

const agent = (hub: Hub, name: string) => ({
  id: hub.agentNames.idOf(name),
  name,
  type: 'agent',
  status: 'online',
  created_at: epoch,
  channels: hub.agentNames.channelsOf(name).map(channel),
});

/** Channels are the engine's business; a broker only needs to see that it is in one before it spawns an agent. */
const channel = (name: string) => ({
  id: `channel_${name}`,
  name,
  topic: null,
  created_at: epoch,
  is_archived: false,
  member_count: 1,
});

function createChannel(request: JsonRequest): JsonReply {
  const parsed = agentCreationSchema.pick({ name: true }).safeParse(request.body);
  return parsed.success ? success(201, channel(parsed.data.name)) : invalid('a channel needs a name', 'name');
}

const members = (hub: Hub, name: string) =>
  hub.agentNames
    .membersOf(name)
    .map((agent) => ({ agent_id: agent.id, agent_name: agent.name, role: 'member', joined_at: epoch }));

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

const success = (status: number, data: unknown): JsonReply => ({ status, body: { ok: true, data } });
export const failure = (status: number, code: string, message: string): JsonReply => ({
  status,
  body: { ok: false, error: { code, message } },
});
const notFound = (): JsonReply => failure(404, 'not_found', 'This hub keeps a roster of nodes; it has no such path.');
const invalid = (message: string, where: string): JsonReply =>
  failure(400, 'invalid_request', `${where === '' ? 'body' : where}: ${message}`);
