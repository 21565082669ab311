/** What a row says of a peer beyond its state. */
import { describe, expect, test } from 'vitest';
import type { MarkKind } from '#schemas/fleet/peer.ts';
import { type NetNode, NodeNet } from './nodeNet.ts';
import { type Site, Wire } from './support.ts';

const a = '127.0.0.1:7001';
const b = '127.0.0.1:7002';
const agent = (role: string) => ({ role, capabilities: [], description: '' });
const now = (wire: Wire) => ({ monotonicMs: wire.nowMs, wallMs: Date.UTC(2026, 0, 1) + wire.nowMs });
const marks = (node: NetNode, peer: string): MarkKind[] => node.peer(peer)?.mesh?.marks.map((mark) => mark.kind) ?? [];
const encode = (message: object) => new TextEncoder().encode(JSON.stringify(message));

let nextId = 0;
/** A message as a Python node sends it. */
function python(type: string, payload: object) {
  nextId += 1;
  const headers = { 'X-Trace-ID': '0', 'X-Span-ID': '0' };
  return encode({ type, id: `id-${nextId}`, from_node: b, payload: JSON.stringify(payload), require_ack: true, headers });
}

const announcement = (more: object, role = 'analyst') =>
  python('CAPABILITY_ANNOUNCEMENT', {
    node_id: b,
    capabilities: {},
    agents: { x: { agent_id: `${role}-1`, role, capabilities: [], description: '', node_id: b, ...more } },
  });

/** One of our nodes and a scripted member that confirms everything it is sent. */
function withPython() {
  const wire = new Wire();
  const one = wire.add(a);
  one.states.set(b, 'alive');
  const confirm = () => {
    for (;;) {
      const output = one.messages.poll();
      if (output === undefined) return;
      if (output.kind === 'event') one.events.push(output.event);
      if (output.kind === 'dealer-connect') one.messages.dealerConnected(b, now(wire));
      if (output.kind !== 'dealer-send') continue;
      const { id, type } = JSON.parse(new TextDecoder().decode(output.bytes)) as { id: string; type: string };
      one.sent.push({ to: b, text: type });
      for (const ack_type of ['delivery', 'processing'])
        one.messages.dealerMessage(b, encode({ type: 'ACK', ack_type, ack_for: id, success: true }), now(wire));
    }
  };
  const hear = (bytes: Uint8Array) => {
    one.messages.routerMessage(`dealer-${b}-to-x-1`, bytes, now(wire));
    confirm();
  };
  one.messages.memberAlive(b, false, now(wire));
  confirm();
  const pass = (ms: number) => {
    wire.nowMs += ms;
    one.messages.tick(now(wire));
    confirm();
  };
  return { wire, one, hear, pass, confirm };
}

describe('the probable behaviour group', () => {
  const groups = (site: Site) => site.messages.behaviours.of(b)?.groups.join('');

  test('is told from the keys of the agents, not guessed without any', () => {
    const { one, hear } = withPython();
    expect(one.messages.behaviours.of(b)).toBeNull();
    hear(python('CAPABILITY_ANNOUNCEMENT', { node_id: b, capabilities: {}, agents: {} }));
    expect(one.messages.behaviours.of(b)).toBeNull();
    hear(announcement({}));
    expect(groups(one)).toBe('ABC');
    hear(announcement({ capability_descriptions: {} }));
    expect(one.messages.behaviours.of(b)).toMatchObject({ groups: ['D'], releases: '1.11.0 to 1.12.0' });
    hear(announcement({ capability_descriptions: {}, capability_contracts: {} }));
    expect(groups(one)).toBe('DEFG');
    hear(announcement({}));
    expect(groups(one), 'what was proven stays so').toBe('DEFG');
  });

  test('a question that is confirmed and never answered gives group B away; an answer takes that back', () => {
    const { wire, one, hear, pass, confirm } = withPython();
    hear(announcement({}));
    const question = { target: { role: 'analyst' }, data: {}, timeoutMs: 5_000, strategy: 'first' as const };
    one.messages.ask('q', question, now(wire));
    confirm();
    expect(one.messages.behaviours.addressable(b)).toBeNull();
    pass(5_001);
    expect(one.results('ask')).toMatchObject([{ ok: false, error: 'analyst-1 did not answer within 5 s.' }]);
    expect(one.messages.behaviours.addressable(b)).toBe(false);
    expect(groups(one)).toBe('B');
    const own = one.messages.ownAgents()[0]?.id;
    hear(python('PEER_REQUEST', { sender: 'analyst-1', target: own, correlation_id: 'req-1', data: {} }));
    expect(one.messages.behaviours.addressable(b)).toBe(true);
    expect(groups(one)).toBe('AC');
  });

  test('a later release that does not answer in time is slow, not unaddressable', () => {
    const { wire, one, hear, pass, confirm } = withPython();
    hear(announcement({ capability_descriptions: {}, capability_contracts: {} }));
    one.messages.ask('q', { target: { role: 'analyst' }, data: {}, timeoutMs: 5_000, strategy: 'first' }, now(wire));
    confirm();
    pass(5_001);
    expect(one.messages.behaviours.addressable(b)).toBeNull();
  });

  test('our own nodes are known by their messages', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    wire.meet(one, two);
    expect(one.messages.behaviours.of(b)).toMatchObject({ groups: [], releases: 'JarvisCore Fleet' });
  });

  test('a notification is confirmed by nodes that confirm, and only taken by the others', () => {
    for (const [keys, data] of [
      [{}, { confirmed: false }],
      [{ capability_contracts: {} }, null],
    ] as const) {
      const { wire, one, hear, confirm } = withPython();
      hear(announcement(keys));
      one.messages.notify('n', { role: 'analyst' }, {}, now(wire));
      confirm();
      expect(one.results('notify')).toMatchObject([{ ok: true, data }]);
    }
  });
});

describe('check-ins', () => {
  test('both sides check in once, and each gets its answer', () => {
    const wire = new Wire();
    const [one, two] = [wire.add(a), wire.add(b)];
    wire.meet(one, two);
    wire.run(120_000);
    for (const site of [one, two]) {
      const sent = site.sent.map((entry) => JSON.parse(entry.text) as { type: string; [key: string]: unknown });
      const checkIns = sent.filter((message) => message.type === 'AUTOMATED_CHECK_IN');
      expect(checkIns).toMatchObject([{ check_in_message: `Hello, this is name-${site.address} checking in.` }]);
      const other = site === one ? two : one;
      expect(sent.filter((message) => message.type === 'CHECK_IN_RESPONSE')).toMatchObject([
        {
          response_message: `Hello name-${other.address}, this is name-${site.address}. Received your check-in.`,
        },
      ]);
    }
  });
});

describe('marks', () => {
  function trio() {
    const net = new NodeNet();
    const one = net.add(7_001);
    const two = net.add(7_002, { seeds: [one.address] });
    const three = net.add(7_003, { seeds: [one.address] });
    net.run(2_000);
    return { net, one, two, three };
  }

  test('a calm fleet has none', () => {
    const { net, one, two } = trio();
    net.run(60_000);
    expect(one.peer(two.address)?.mesh).toEqual({
      behaviour: { groups: [], releases: 'JarvisCore Fleet', how: 'Its messages say so.' },
      addressable: null,
      suspectedBy: [],
      clockOffsetMs: 0,
      readmittable: false,
      refused: 0,
      marks: [],
    });
  });

  test('a clock that is off is shown, and steady while it only jitters', () => {
    const net = new NodeNet();
    net.clocks.set(b, -42_000);
    const one = net.add(7_001);
    const two = net.add(7_002, { seeds: [one.address] });
    net.run(10_000);
    expect(one.peer(two.address)?.mesh).toMatchObject({
      clockOffsetMs: -42_000,
      marks: [{ kind: 'clock-offset', text: 'Its clock is 42.0 s behind ours.' }],
    });
    const before = one.events.length;
    net.clocks.set(b, -42_040);
    net.run(20_000);
    expect(one.events.slice(before)).toEqual([]);
    expect(two.peer(one.address)?.mesh?.marks).toMatchObject([{ text: 'Its clock is 42.0 s ahead of ours.' }]);
  });

  const heartbeat = (from: string, entries: readonly (readonly [string, string, number])[]) => ({
    kind: 'datagram' as const,
    from,
    bytes: new TextEncoder().encode(
      `U${JSON.stringify({
        type: 'HEARTBEAT',
        from,
        digest: {
          version: 1,
          entries: entries.map(([addr, state, incarnation]) => ({ addr, state, incarnation, last_heartbeat: 1, metadata: {} })),
          is_full: false,
          timestamp: 1,
          source: from,
        },
        id: '0123abcd',
        timestamp: 1,
      })}`,
    ),
  });

  /** A member that answers PING, as a restarted Python node does that its fleet holds dead. */
  function withRestarted(config: object) {
    const net = new NodeNet();
    const one = net.add(7_001, config);
    const teller = '127.0.0.1:7009';
    const victim = '127.0.0.1:7008';
    const ids = new Set<number>();
    const step = () => {
      for (const [index, { from, to, text }] of net.datagrams.entries()) {
        if (from !== one.address || (to !== teller && to !== victim) || ids.has(index)) continue;
        ids.add(index);
        const message = JSON.parse(text.slice(1)) as { type: string; id: string };
        if (message.type !== 'PING') continue;
        const pong = { type: 'PONG', from: to, id: message.id, in_response_to: 'PING', orig_timestamp: 1, timestamp: 1 };
        net.inject(one.address, { kind: 'datagram', from: to, bytes: new TextEncoder().encode(`U${JSON.stringify(pong)}`) });
      }
    };
    const run = (ms: number) => {
      for (let passed = 0; passed < ms; passed += 50) {
        net.run(50);
        step();
      }
    };
    net.inject(
      one.address,
      heartbeat(teller, [
        [teller, 'ALIVE', 1],
        [victim, 'DEAD', 5],
      ]),
    );
    run(6_000);
    return { net, one, teller, victim, run };
  }

  test('who answers us and is dead for its fleet can be readmitted, and that is said', () => {
    const { one, net, victim, teller, run } = withRestarted({});
    expect(one.peer(victim)).toMatchObject({
      state: 'dead',
      incarnation: 5,
      mesh: { readmittable: true, suspectedBy: [teller] },
    });
    expect(marks(one, victim)).toEqual(['readmittable', 'suspected-by', ...marks(one, victim).slice(2)]);
    run(60_000);
    expect(one.peer(victim)?.state, 'never by itself').toBe('dead');
    one.command({ command: 'readmit', id: 1, peer: victim });
    expect(one.results().at(-1)).toMatchObject({ command: 'readmit', ok: true });
    expect(one.peer(victim)).toMatchObject({ state: 'alive', incarnation: 6, mesh: { readmittable: false, suspectedBy: [] } });
    const told = net.datagrams.filter(({ text }) => text.includes(`"${victim}", "state": "ALIVE", "incarnation": 6`));
    expect(new Set(told.map(({ to }) => to)), 'its fleet and itself').toEqual(new Set([teller, victim]));
  });

  test('a setting readmits by itself, and not again and again', () => {
    const { net, one, victim, teller, run } = withRestarted({ autoReadmit: true });
    expect(one.peer(victim)).toMatchObject({ state: 'alive', incarnation: 6 });
    net.inject(
      one.address,
      heartbeat(teller, [
        [teller, 'ALIVE', 1],
        [victim, 'DEAD', 7],
      ]),
    );
    run(15_000);
    expect(one.peer(victim), 'within 30 s of the last time').toMatchObject({ state: 'dead', incarnation: 7 });
    run(20_000);
    expect(one.peer(victim)).toMatchObject({ state: 'alive', incarnation: 8 });
  });

  test('a roster that never comes, and agents of ours that are never confirmed, are one-way knowledge', () => {
    const net = new NodeNet();
    const one = net.add(7_001);
    const two = net.add(7_002, { seeds: [one.address] });
    net.deafRouters.add(two.address);
    one.command({ command: 'announce', id: 1, agents: [agent('mine')] });
    net.run(10_000);
    expect(marks(one, two.address)).toEqual([]);
    net.run(20_000);
    expect(one.peer(two.address)?.mesh?.marks.map((mark) => mark.text)).toEqual([
      'Its agents are not known here: it has not announced them, though it was asked again and again.',
      'It has not confirmed our agents: it would take a question of ours, but its answer could not arrive.',
    ]);
    net.deafRouters.clear();
    net.run(200_000);
    expect(marks(one, two.address)).toEqual([]);
  });

  test('one agent id on two nodes is a duplicate identity of both', () => {
    const { net, one, two, three } = trio();
    for (const node of [two, three]) {
      const payload = {
        node_id: node.address,
        capabilities: {},
        agents: { x: { agent_id: 'analyst-1', role: 'analyst', capabilities: [] } },
      };
      const message = { type: 'CAPABILITY_ANNOUNCEMENT', id: node.address, from_node: node.address, payload };
      net.inject(one.address, { kind: 'router', identity: 'x', bytes: encode(message) });
    }
    net.run(6_000);
    expect(one.peer(two.address)?.mesh?.marks).toMatchObject([
      { kind: 'duplicate-identity', text: expect.stringContaining(three.address) },
    ]);
    expect(marks(one, three.address)).toEqual(['duplicate-identity']);
  });

  test('a stopped process is named until the member answers again', () => {
    const { net, one, two } = trio();
    one.command({ command: 'process', peer: two.address, process: { pid: 4711, stopped: true } });
    net.run(10);
    expect(one.peer(two.address)?.mesh?.marks).toMatchObject([
      { kind: 'stopped-process', text: 'Its process 4711 on this machine is stopped, by a debugger or a signal.' },
    ]);
    one.command({ command: 'process', peer: two.address, process: null });
    net.run(10);
    expect(marks(one, two.address)).toEqual([]);
  });

  test('another process under our own address, and strangers who break rules, stand on our own row', () => {
    const { net, one } = trio();
    net.inject(one.address, { ...heartbeat(one.address, [[one.address, 'ALIVE', 9]]), from: '127.0.0.1:9999' });
    net.run(10);
    expect(one.node.snapshot().self.warnings).toEqual([
      '127.0.0.1:9999, no member: It announces our own identity; two nodes with one address cannot be told apart.',
    ]);
    for (let port = 10_000; port < 10_100; port++)
      net.inject(one.address, { kind: 'datagram', from: `127.0.0.1:${port}`, bytes: new Uint8Array([1, 2, 3]) });
    net.run(10);
    expect(one.node.snapshot().self.warnings).toHaveLength(4);
  });
});
