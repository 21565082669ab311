import { expect, test } from 'vitest';
import { configurationSchema } from '#schemas/editor/messages.ts';
import { nodeConfigSchema } from '#schemas/fleet/mesh.ts';
import { destination, planStart } from '#server/fleet/startPlan.ts';
import { declaration } from './samples.ts';

const settings = configurationSchema.parse({}).node;
const nothing = { port: null, seeds: null };

function plan(
  ...[request, node, declared]: [Parameters<typeof planStart>[0], Partial<typeof settings>, Parameters<typeof planStart>[2]]
) {
  const result = planStart(request, { ...settings, ...node }, declared, 'viewer');
  if (!result.ok) throw new Error(result.error.message);
  expect(nodeConfigSchema.safeParse(result.config).success).toBe(true);
  return result;
}

function refusal(...[request, node, declared]: Parameters<typeof plan>) {
  const result = planStart(request, { ...settings, ...node }, declared, 'viewer');
  if (result.ok) throw new Error('It was not refused.');
  expect(result.error.remedy).not.toBe('');
  return result.error;
}

test('without anything declared it binds loopback, lets the host choose a port and joins nobody', () => {
  const { config } = plan(nothing, {}, []);
  expect(config).toMatchObject({ host: '127.0.0.1', port: null, zmqOffset: 1000, seeds: [], avoidPorts: [], name: 'viewer' });
  expect(config.keepalive).toMatchObject({ intervalMs: 90_000, backoffMs: 45_000, allowZeroPeers: true });
});

test('it joins the declared nodes of this machine and keeps off their ports', () => {
  const { config } = plan(nothing, {}, [
    declaration('a', '127.0.0.1', 7946),
    declaration('b', '0.0.0.0', 7950, ['localhost:7946']),
    declaration('far', '10.1.1.1', 7960),
  ]);
  expect(config.seeds.toSorted()).toEqual(['127.0.0.1:7946', '127.0.0.1:7950']);
  expect(config.avoidPorts.toSorted()).toEqual([7946, 7950, 7960, 8946, 8950, 8960]);
});

test('two separate fleets are never joined at once: the larger one, and the reason names both', () => {
  const { config, reason } = plan(nothing, {}, [
    declaration('dev', '127.0.0.1', 7946),
    declaration('prod-a', '127.0.0.1', 7950),
    declaration('prod-b', '127.0.0.1', 7954, ['127.0.0.1:7950']),
  ]);
  expect(config.seeds.toSorted()).toEqual(['127.0.0.1:7950', '127.0.0.1:7954']);
  expect(reason).toMatch(/2 separate fleets.*prod-a, prod-b.*not dev/);
});

test('nodes that share one undeclared seed are one fleet, and the seed is joined too', () => {
  const { config } = plan(nothing, {}, [
    declaration('a', '127.0.0.1', 7946, ['127.0.0.1:7999']),
    declaration('b', '127.0.0.1', 7950, ['127.0.0.1:7999']),
  ]);
  expect(config.seeds.toSorted()).toEqual(['127.0.0.1:7946', '127.0.0.1:7950', '127.0.0.1:7999']);
});

test('nodes that share a seed on another machine are one fleet, whose local nodes are joined', () => {
  const { config } = plan(nothing, {}, [
    declaration('a', '127.0.0.1', 7946, ['10.0.0.1:7946']),
    declaration('b', '127.0.0.1', 7950, ['10.0.0.1:7946']),
  ]);
  expect(config.seeds.toSorted()).toEqual(['127.0.0.1:7946', '127.0.0.1:7950']);
});

test('a node whose address only its environment knows is joined at the seed that it names on this machine', () => {
  const { config, reason } = plan(nothing, {}, [declaration('worker', null, null, ['127.0.0.1:7946'])]);
  expect(config).toMatchObject({ host: '127.0.0.1', seeds: ['127.0.0.1:7946'] });
  expect(reason).toBe('declared nodes of this machine: worker');
});

test('the seeds of the setting win over the declared ones, those of the request over both', () => {
  const declared = [declaration('a', '127.0.0.1', 7946)];
  expect(plan(nothing, { seeds: ['localhost:7999'] }, declared).config.seeds).toEqual(['127.0.0.1:7999']);
  expect(plan({ port: null, seeds: ['127.0.0.1:7001'] }, { seeds: ['127.0.0.1:7999'] }, declared).config.seeds).toEqual([
    '127.0.0.1:7001',
  ]);
  expect(plan({ port: null, seeds: [] }, {}, declared).config.seeds).toEqual([]);
});

test('a port that a declared node needs is refused, its ZeroMQ port too', () => {
  const declared = [declaration('a', '127.0.0.1', 7946)];
  expect(refusal({ port: 7946, seeds: null }, {}, declared)).toMatchObject({
    code: 'port-taken',
    message: expect.stringContaining('7946 is needed by a'),
  });
  expect(refusal({ port: 6946, seeds: null }, { zmqPortOffset: 1000 }, declared).message).toContain('7946');
  expect(refusal(nothing, { port: 8946 }, declared).code).toBe('port-taken');
});

test('an offset that leaves the port range is refused', () => {
  expect(refusal({ port: 60_000, seeds: null }, { zmqPortOffset: 10_000 }, []).code).toBe('bad-address');
});

test.each(['nonsense', '10.0.0.1:7946', '127.0.0.1:0', '127.0.0.1:99999'])('the seed %s is refused with what to do', (seed) => {
  expect(refusal({ port: null, seeds: [seed] }, {}, []).code).toBe('bad-address');
});

const elsewhere = [declaration('a', '10.0.0.1', 7946), declaration('b', '10.0.0.2', 7946, ['10.0.0.1:7946'])];
const route = { host: '10.0.0.9', seeds: ['10.0.0.1:7946', '10.0.0.2:7946'] };

test('a fleet elsewhere is joined from the address that leads there, once somebody agreed to exactly that address', () => {
  const agreed = planStart({ ...nothing, host: '10.0.0.9' }, settings, elsewhere, 'viewer', route);
  expect(agreed).toMatchObject({ ok: true, config: { host: '10.0.0.9', seeds: route.seeds } });
  for (const host of [undefined, null, '127.0.0.1', '0.0.0.0', '10.0.0.8']) {
    const result = planStart({ ...nothing, host }, settings, elsewhere, 'viewer', route);
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-address', message: expect.stringContaining('agreed') } });
  }
});

test('an agreement does not lead a fleet of this machine off loopback', () => {
  const declared = [...elsewhere, declaration('here', '127.0.0.1', 7999)];
  const result = planStart({ ...nothing, host: '10.0.0.9' }, settings, declared, 'viewer', null);
  expect(result).toMatchObject({ ok: true, config: { host: '127.0.0.1', seeds: ['127.0.0.1:7999'] } });
});

test('where seeds lead is known before anything is opened', () => {
  expect(destination({ seeds: null }, settings, elsewhere)).toMatchObject({
    reach: 'network',
    addresses: ['10.0.0.1:7946', '10.0.0.2:7946'],
  });
  expect(destination({ seeds: ['db.example:7946'] }, settings, [])).toMatchObject({ reach: 'network' });
  expect(destination({ seeds: null }, settings, [])).toMatchObject({ reach: 'loopback', addresses: [] });
});

test('seeds of two declared fleets, or on this machine and elsewhere, are refused: one node would merge them', () => {
  const declared = [declaration('dev', '127.0.0.1', 7946), declaration('prod', '127.0.0.1', 7950)];
  expect(refusal({ port: null, seeds: ['127.0.0.1:7946', '127.0.0.1:7950'] }, {}, declared).message).toContain('merge');
  expect(refusal({ port: null, seeds: ['127.0.0.1:7946', '10.0.0.1:7946'] }, {}, declared).message).toContain('on this machine');
});
