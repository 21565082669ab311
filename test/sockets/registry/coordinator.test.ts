import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Coordinator, type ForgeNode } from '#server/registry/circuitforge/coordinator.ts';
import { createCoordinatorServer } from '#server/registry/circuitforge/coordinatorServer.ts';
import { agentServer, atEnd, close, post, serve, until } from './support.ts';

const gpu = { gpu_id: 0, name: 'RTX 3090', vram_total_mb: 24_576, vram_used_mb: 1_024, vram_free_mb: 23_552 };
const good = {
  '/gpu-info': { node_id: 'heimdall', gpus: [gpu] },
  '/resident-info': { residents: [{ service: 'vllm', model_name: 'qwen' }, { service: 'ollama' }] },
};

async function coordinator(over: { pollMs?: number; probeTimeoutMs?: number } = {}) {
  const changes: ForgeNode[] = [];
  const misuse: string[] = [];
  const core = new Coordinator({
    pollMs: 40,
    probeTimeoutMs: 300,
    now: Date.now,
    onChange: (node) => changes.push(node),
    ...over,
  });
  const url = await serve(createCoordinatorServer(core, (_remote, what) => misuse.push(what)));
  atEnd(() => core.stop());
  const node = (id: string) => core.nodes().find((known) => known.id === id);
  return { core, url, changes, misuse, node };
}

describe('a coordinator', () => {
  test.each(['/api/nodes', '/api/nodes/register'])('takes a registration at %s and asks the agent at once', async (path) => {
    const { node, url } = await coordinator();
    const agent = await serve(agentServer(good));
    expect(await post(`${url}${path}`, { node_id: 'heimdall', agent_url: agent, more: 1 })).toEqual({
      status: 200,
      body: { registered: true, node_id: 'heimdall' },
    });
    expect(node('heimdall')).toMatchObject({
      online: true,
      url: agent,
      facts: {
        gpus: [{ id: 0, name: 'RTX 3090', totalMb: 24_576, usedMb: 1_024, freeMb: 23_552 }],
        residents: ['vllm (qwen)', 'ollama'],
      },
    });
    const list = (await (await fetch(`${url}/api/nodes`)).json()) as { nodes: { last_heartbeat: number }[] };
    expect(list).toEqual({
      nodes: [{ node_id: 'heimdall', agent_url: agent, last_heartbeat: expect.closeTo(Date.now() / 1000, -1), gpus: [gpu] }],
    });
    expect(await (await fetch(`${url}/api/health`)).json()).toEqual({ status: 'ok' });
  });

  test('sees an agent go and come back', async () => {
    const { node, url } = await coordinator();
    const server = agentServer(good);
    const agent = await serve(server);
    await post(`${url}/api/nodes`, { node_id: 'a', agent_url: agent });
    await close(server);
    await until('offline', () => node('a')?.online === false);
    expect(node('a')?.reason).toBe(`${agent}/gpu-info: nothing listens there (connection refused)`);
    expect(node('a')?.facts.gpus).toHaveLength(1);
    const before = node('a')?.lastSeen ?? 0;
    await serve(agentServer(good), Number(new URL(agent).port));
    await until('online again', () => node('a')?.online === true);
    expect(node('a')?.lastSeen).toBeGreaterThanOrEqual(before);
  });

  test('a hung agent delays neither the registration for long nor any other agent', async () => {
    const { node, url } = await coordinator({ probeTimeoutMs: 3_000 });
    const hung = await serve(agentServer({ '/gpu-info': null }));
    const seen: string[] = [];
    const fine = await serve(agentServer(good, seen));
    const reply = post(`${url}/api/nodes`, { node_id: 'hung', agent_url: hung });
    await post(`${url}/api/nodes`, { node_id: 'heimdall', agent_url: fine });
    await until('ten probes of the other agent', () => seen.filter((line) => line === 'GET /gpu-info').length >= 10);
    // Its own probe is still waiting for its first answer.
    expect(node('hung')).toMatchObject({ online: false, reason: 'registered, not asked yet' });
    expect(await reply).toMatchObject({ status: 200 });
    await until('the reason', () => node('hung')?.reason === `${hung}/gpu-info: it did not answer within 3 s`);
  });

  test('restored nodes are asked at once, all in parallel, and keep their last sign of life until they answer', async () => {
    const { core, changes, node } = await coordinator();
    const agents = await Promise.all([1, 2, 3].map(() => serve(agentServer({ ...good, '/gpu-info': { gpus: [] } }))));
    const facts = { gpus: [], residents: [] };
    core.restore([
      ...agents.map((url, index) => ({ id: `n${index}`, url, firstSeen: 1, lastSeen: 2, facts })),
      { id: 'strange', url: 'notaurl', firstSeen: 1, lastSeen: 2, facts },
      { id: 'metadata', url: 'http://169.254.169.254', firstSeen: 1, lastSeen: 2, facts },
    ]);
    expect(changes.slice(0, 5)).toEqual(
      changes.slice(0, 5).map((known) => ({ ...known, online: false, restored: true, lastSeen: 2 })),
    );
    await until('all online', () => ['n0', 'n1', 'n2'].every((id) => node(id)?.online === true));
    expect(node('n0')).toMatchObject({ firstSeen: 1, restored: false });
    expect(node('strange')).toMatchObject({ online: false, reason: expect.stringContaining('it is not a URL') });
    expect(node('metadata')?.reason).toContain('link-local');
  });

  test('two agents under one id are a conflict; the last one counts', async () => {
    const { node, url } = await coordinator();
    const one = await serve(agentServer({ '/gpu-info': { gpus: [] } }));
    const two = await serve(agentServer({ '/gpu-info': { gpus: [] } }));
    await post(`${url}/api/nodes`, { node_id: 'local', agent_url: one });
    await post(`${url}/api/nodes`, { node_id: 'local', agent_url: two });
    expect(node('local')).toMatchObject({
      url: two,
      conflict: `local is announced as ${one} and as ${two}; the last one counts`,
    });
  });

  test('an agent that calls itself otherwise is a conflict', async () => {
    const { node, url } = await coordinator();
    const agent = await serve(agentServer(good));
    await post(`${url}/api/nodes`, { node_id: 'other', agent_url: agent });
    expect(node('other')?.conflict).toBe(`${agent} is registered as other and calls itself heimdall`);
  });

  test.each([
    ['notaurl', 'it is not a URL'],
    ['ftp://10.0.0.1', 'agents speak http or https, not ftp:'],
    ['http://user:secret@10.0.0.1', 'it carries credentials, which would be stored and shown'],
    ['http://10.0.0.1/?a=1', 'paths are appended to it, so it can have no query and no fragment'],
    ['http://169.254.169.254', '169.254.169.254 is a link-local, multicast, metadata or unspecified address'],
    ['http://2852039166', '169.254.169.254 is a link-local, multicast, metadata or unspecified address'],
    ['http://[::ffff:169.254.169.254]', '::ffff:a9fe:a9fe is a link-local, multicast, metadata or unspecified address'],
    ['http://[fe80::1]', 'fe80::1 is a link-local, multicast, metadata or unspecified address'],
    ['http://0.0.0.0:7701', '0.0.0.0 is a link-local, multicast, metadata or unspecified address'],
    ['http://metadata.google.internal', 'metadata.google.internal is the metadata service of a cloud provider'],
    [`http://${'a'.repeat(3_000)}`, null],
  ])('refuses the URL %s and stores nothing', async (agentUrl, reason) => {
    const { core, misuse, url } = await coordinator();
    const reply = await post(`${url}/api/nodes`, { node_id: 'x', agent_url: agentUrl });
    expect(reply.status).toBe(422);
    if (reason !== null)
      expect(reply.body).toEqual({ detail: [{ type: 'value_error', loc: ['body', 'agent_url'], msg: reason }] });
    expect(core.size).toBe(0);
    expect(misuse).toHaveLength(1);
  });

  test.each([
    ['no JSON', 'hello', 422],
    ['a missing key', { node_id: 'x' }, 422],
    ['an empty id', { node_id: '', agent_url: 'http://10.0.0.1' }, 422],
    ['an id of a megabyte', { node_id: 'x'.repeat(1_000_000), agent_url: 'http://10.0.0.1' }, 413],
  ])('refuses %s', async (_name, body, status) => {
    const { core, url } = await coordinator();
    expect((await post(`${url}/api/nodes`, body)).status).toBe(status);
    expect(core.size).toBe(0);
  });

  test('takes nothing that a web page could send without asking', async () => {
    const { core, url } = await coordinator();
    const body = JSON.stringify({ node_id: 'x', agent_url: 'http://10.0.0.1' });
    expect((await post(`${url}/api/nodes`, body, { 'content-type': 'text/plain' })).status).toBe(422);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/nodes HTTP/1.1\r\nHost: evil.example.com\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const [answer] = (await new Promise<Buffer[]>((resolve) => socket.once('data', (data) => resolve([data])))) as [Buffer];
    socket.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1\.1 421 /);
    expect(core.size).toBe(0);
  });

  test('has no other paths and methods', async () => {
    const { url } = await coordinator();
    expect((await fetch(`${url}/api/nodes/x`, { method: 'DELETE' })).status).toBe(404);
    expect((await fetch(`${url}/api/nodes`, { method: 'DELETE' })).status).toBe(405);
    expect((await fetch(`${url}/`)).status).toBe(404);
  });
});

describe('an agent that misbehaves is offline with the reason', () => {
  test.each([
    ['a redirect', '/gpu-info', 302, 'it redirects (302), which is not followed'],
    ['an error', '/gpu-info', 500, 'it answered with status 500'],
  ])('%s', async (_name, path, status, reason) => {
    const { node, url } = await coordinator();
    let followed = false;
    const target = await serve(
      createServer((_request, response) => {
        followed = true;
        response.end('{"gpus":[]}');
      }),
    );
    const agent = await serve(
      createServer((_request, response) => {
        response.writeHead(status, { location: `${target}/gpu-info` });
        response.end();
      }),
    );
    await post(`${url}/api/nodes`, { node_id: 'a', agent_url: agent });
    expect(node('a')).toMatchObject({ online: false, reason: `${agent}${path}: ${reason}` });
    expect(followed).toBe(false);
  });

  test('an endless answer', async () => {
    const { node, url } = await coordinator();
    let sent = 0;
    const agent = await serve(
      createServer((_request, response) => {
        const more = () => {
          sent += 65_536;
          if (response.write('x'.repeat(65_536))) setImmediate(more);
          else response.once('drain', more);
        };
        more();
      }),
    );
    await post(`${url}/api/nodes`, { node_id: 'a', agent_url: agent });
    expect(node('a')?.reason).toBe(`${agent}/gpu-info: its answer is longer than 262144 bytes`);
    expect(sent).toBeLessThan(50_000_000);
  });

  test('an answer that drips', async () => {
    const { node, url } = await coordinator();
    const agent = await serve(
      createServer((_request, response) => {
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      }),
    );
    await post(`${url}/api/nodes`, { node_id: 'a', agent_url: agent });
    await until('the reason', () => node('a')?.reason === `${agent}/gpu-info: it did not answer within 0.3 s`);
  });

  test('another shape', async () => {
    const { node, url } = await coordinator();
    const agent = await serve(agentServer({ '/gpu-info': { gpus: [{ ...gpu, vram_total_mb: 'lots' }] } }));
    await post(`${url}/api/nodes`, { node_id: 'a', agent_url: agent });
    expect(node('a')?.reason).toContain('its answer has an unexpected shape (gpus.0.vram_total_mb');
  });
});

test('a hundred thousand registrations are bounded, and those before them stay', async () => {
  const { core } = await coordinator({ pollMs: 1_000_000, probeTimeoutMs: 1 });
  let refused = 0;
  for (let i = 0; i < 100_000; i += 1) {
    // Not awaited: a registration takes as long as its first probe.
    void core.register({ node_id: `n${i}`, agent_url: 'http://127.0.0.1:9' }).then((result) => {
      if (!result.ok) refused += 1;
    });
  }
  await until('the answers', () => refused === 90_000);
  expect(core.size).toBe(10_000);
});
