import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createSwim } from '#server/mesh/swim/swim.ts';
import { B, brief, C, D, Driver, digests, entry, SELF, withTwo } from './driver.ts';

describe('join', () => {
  test('a seed is asked at once: own entry alone, and SYNC-REQ 0', () => {
    const sent = new Driver({ seeds: [B] }).take();
    expect(sent.map(({ to, message }) => [to, message.type])).toEqual([
      [B, 'HEARTBEAT'],
      [B, 'SYNC-REQ'],
    ]);
    expect(digests(sent).map(({ entries }) => brief(entries))).toEqual([[`${SELF} ALIVE 1`]]);
    expect(sent[1]?.message).toMatchObject({ known_version: 0 });
  });

  test('every member that the seed names is told of us at once and probed', () => {
    const driver = new Driver({ seeds: [B] });
    driver.take();
    const sent = driver.syncResponse(B, [entry(B), entry(C), entry(D, 'DEAD', 3)]);
    expect(sent.map(({ to, message }) => `${to} ${message.type}`).sort()).toEqual([
      `${B} HEARTBEAT`,
      `${B} PING`,
      `${C} HEARTBEAT`,
      `${C} PING`,
    ]);
    expect(digests(sent).every(({ entries }) => entries.length === 1 && entries[0]?.addr === SELF)).toBe(true);
    expect(driver.swim.members().map(({ address, state }) => [address, state])).toEqual([
      [B, 'alive'],
      [C, 'alive'],
      [D, 'dead'],
    ]);
  });

  test('an unanswered seed is asked for ever, at most 5.5 s apart, and enters no digest', () => {
    const driver = new Driver({ seeds: [B] });
    driver.heartbeat(C, [entry(C)]);
    driver.take();
    const times: number[] = [];
    const sent = driver.pass(600_000, ({ to }) => {
      if (to === B) times.push(driver.nowMs);
    });
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(times.length).toBeGreaterThan(200);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5_500);
    expect(digests(sent).flatMap(({ entries }) => entries.map((item) => item.addr))).not.toContain(B);
    expect(driver.swim.seeds()).toMatchObject([{ state: 'silent' }]);
    const told = driver.events.filter((event) => event.kind === 'seed');
    expect(told, 'a person does not wait for the next question').toMatchObject([{ seed: { state: 'silent' } }]);
    const silentAfterMs = (told[0]?.kind === 'seed' ? told[0].seed.sinceWallMs : 0) - 1_785_000_010_000;
    expect(silentAfterMs).toBeGreaterThanOrEqual(5_000);
    expect(silentAfterMs).toBeLessThanOrEqual(5_500);
  });

  test('a seed that only answers PING is no member; its own entry makes it one', () => {
    const driver = new Driver({ seeds: [B] });
    driver.pong(B);
    expect(driver.swim.members()).toEqual([]);
    expect(driver.swim.seeds()).toMatchObject([{ state: 'answering' }]);
    driver.syncResponse(B, [entry(B)]);
    expect(driver.member(B)).toMatchObject({ state: 'alive', gossiped: true });
  });

  test('a stranger that sends a heartbeat with its own entry joins; one without it does not, nor does a header alone', () => {
    const driver = new Driver();
    driver.heartbeat(B, [entry(C)]);
    driver.receive({ type: 'PING', from: D, id: 'p', timestamp: 1 });
    expect(driver.swim.members()).toEqual([]);
    driver.heartbeat(B, [entry(B), entry(C)]);
    expect(driver.swim.members().map(({ address }) => address)).toEqual([B, C]);
  });

  test.each(['localhost:7946', '0.0.0.0:7946', '127.0.0.1:64536', '[::1]:7946', '127.0.0.1'])(
    '%s cannot be our identity',
    (self) => {
      expect(() =>
        createSwim({ self, seeds: [], random: () => 0.5, forgetAfterMs: 1, inflate: () => null }, { monotonicMs: 0, wallMs: 0 }),
      ).toThrow(RangeError);
    },
  );

  test('seeds that cannot be sent to are reported and left out', () => {
    const driver = new Driver({ seeds: ['localhost:7946', SELF, '127.0.0.1:70000', B] });
    expect(driver.swim.seeds().map(({ address }) => address)).toEqual([B]);
    expect(driver.events.filter((event) => event.kind === 'violation')).toHaveLength(2);
  });
});

describe('answers', () => {
  test('PING is answered at once to where it came from, echoing id and timestamp', () => {
    const driver = new Driver();
    const sent = driver.receive({ type: 'PING', from: 'localhost:1', id: 'ae3a844d', timestamp: 5.25 }, '127.0.0.1:5555');
    expect(sent).toMatchObject([
      {
        to: '127.0.0.1:5555',
        transport: 'udp',
        message: { type: 'PONG', from: SELF, id: 'ae3a844d', in_response_to: 'PING', orig_timestamp: 5.25 },
      },
    ]);
  });

  test('PING-REQ: the target is pinged for the asker; alive with rtt after its PONG', () => {
    const driver = withTwo();
    const ping = driver.receive({ type: 'PING-REQ', from: B, target: C, id: '3c1e9e26', timestamp: 1 });
    expect(ping).toMatchObject([{ to: C, message: { type: 'PING', ping_req_from: B } }]);
    driver.nowMs += 12;
    const ack = driver.pong(C);
    expect(ack).toMatchObject([
      { to: B, message: { type: 'PING-REQ-ACK', target: C, status: 'alive', id: '3c1e9e26', rtt: 0.012 } },
    ]);
    expect(driver.pass(300).filter(({ message }) => message.type === 'PING-REQ-ACK')).toEqual([]);
  });

  test('PING-REQ: unreachable after 0.2 s, and other messages are answered meanwhile', () => {
    const driver = withTwo();
    driver.receive({ type: 'PING-REQ', from: B, target: C, id: 'q', timestamp: 1 });
    expect(driver.receive({ type: 'PING', from: B, id: 'p', timestamp: 1 })).toMatchObject([{ message: { type: 'PONG' } }]);
    expect(driver.pass(199).filter(({ message }) => message.type === 'PING-REQ-ACK')).toEqual([]);
    expect(driver.pass(2).filter(({ message }) => message.type === 'PING-REQ-ACK')).toMatchObject([
      { to: B, message: { status: 'unreachable', id: 'q' } },
    ]);
  });

  test('nobody can have us knock at an address that is no member', () => {
    const driver = withTwo();
    expect(driver.receive({ type: 'PING-REQ', from: B, target: '10.0.0.1:22', id: 'q', timestamp: 1 })).toEqual([]);
  });

  test('SYNC-REQ: 0 and nonsense give all, a known version what changed after it', () => {
    const driver = withTwo();
    const ask = (known_version: number) =>
      driver.receive({ type: 'SYNC-REQ', from: B, id: 'da49ce57', known_version, timestamp: 1 })[0]?.message;
    const full = ask(0);
    if (full?.type !== 'SYNC-RESP') throw new Error('no SYNC-RESP');
    expect(brief(full.digest.entries)).toEqual([`${SELF} ALIVE 1`, `${B} ALIVE 1`, `${C} ALIVE 1`]);
    expect(full).toMatchObject({ id: 'da49ce57', digest: { is_full: true, source: SELF } });
    expect(ask(99)).toMatchObject({ digest: { is_full: true } });
    driver.heartbeat(B, [entry(B), entry(D)]);
    const part = ask(full.digest.version);
    if (part?.type !== 'SYNC-RESP') throw new Error('no SYNC-RESP');
    expect(brief(part.digest.entries)).toEqual([`${SELF} ALIVE 1`, `${D} ALIVE 1`]);
  });

  test('a digest too large for a datagram goes by TCP to the address the request came from', () => {
    const driver = withTwo();
    const many = Array.from({ length: 30 }, (_unused, index) => entry(`127.0.0.1:${9_000 + index}`));
    driver.heartbeat(B, [entry(B), ...many]);
    const sent = driver.receive({ type: 'SYNC-REQ', from: B, id: 's', known_version: 0, timestamp: 1 });
    expect(sent).toMatchObject([{ to: B, transport: 'tcp' }]);
    expect(digests(sent)[0]?.entries).toHaveLength(33);
    // Heartbeats stay datagrams whatever the size of the fleet.
    expect(
      driver.passWith(20_000, [B, C]).filter(({ message, transport }) => message.type === 'HEARTBEAT' && transport === 'tcp'),
    ).toEqual([]);
  });

  test('where it can be compressed it stays one datagram', () => {
    const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes);
    const driver = new Driver({ seeds: [B], deflate });
    const many = Array.from({ length: 30 }, (_unused, index) => entry(`127.0.0.1:${9_000 + index}`));
    driver.heartbeat(B, [entry(B), ...many]);
    const sent = driver.receive({ type: 'SYNC-REQ', from: B, id: 's', known_version: 0, timestamp: 1 });
    expect(sent).toMatchObject([{ to: B, transport: 'udp' }]);
    expect(digests(sent)[0]?.entries).toHaveLength(32);
    const more = Array.from({ length: 300 }, (_unused, index) => entry(`127.0.0.1:${10_000 + index}`));
    driver.heartbeat(B, [entry(B), ...more]);
    expect(driver.receive({ type: 'SYNC-REQ', from: B, id: 's', known_version: 0, timestamp: 1 })).toMatchObject([
      { to: B, transport: 'tcp' },
    ]);
  });

  test('a request that came by TCP is answered at the identity in its header, not at the ephemeral port', () => {
    const driver = withTwo();
    const bytes = new TextEncoder().encode(`{"type":"SYNC-REQ","from":"${B}","id":"s","known_version":0,"timestamp":1}`);
    expect(driver.give({ kind: 'frame', from: '127.0.0.1:50321', bytes })).toMatchObject([
      { to: B, message: { type: 'SYNC-RESP' } },
    ]);
  });
});

describe('our own entry', () => {
  test.each(['SUSPECT', 'DEAD'] as const)('%s n about us is refuted at once with n + 1, to everybody', (state) => {
    const driver = withTwo();
    const sent = driver.heartbeat(B, [entry(B), entry(SELF, state, 4)]);
    expect(digests(sent).map(({ to, entries }) => [to, brief(entries)])).toEqual([
      [B, [`${SELF} ALIVE 5`]],
      [C, [`${SELF} ALIVE 5`]],
    ]);
    expect(driver.swim.incarnation).toBe(5);
  });

  test('a stale accusation is not refuted; a former life with a higher incarnation is taken over', () => {
    const driver = withTwo();
    driver.heartbeat(B, [entry(B), entry(SELF, 'SUSPECT', 4)]);
    expect(digests(driver.heartbeat(B, [entry(B), entry(SELF, 'DEAD', 4)]))).toEqual([]);
    driver.heartbeat(B, [entry(B), entry(SELF, 'ALIVE', 9)]);
    expect(driver.swim.incarnation).toBe(9);
  });

  test('a flood of accusations does not become a flood of refutations', () => {
    const driver = withTwo();
    let refutations = 0;
    for (let round = 0; round < 100; round += 1) {
      refutations += driver.heartbeat(B, [entry(B), entry(SELF, 'DEAD', driver.swim.incarnation)]).length;
      refutations += driver.pass(1).filter(({ message }) => message.type === 'HEARTBEAT').length;
    }
    expect(refutations).toBeLessThan(20);
    expect(
      digests(driver.pass(500)).some(({ entries }) =>
        entries.some((item) => item.addr === SELF && item.incarnation === driver.swim.incarnation),
      ),
    ).toBe(true);
  });

  test('leave: own entry DEAD with incarnation + 1 to every member, then silence', () => {
    const driver = withTwo();
    const sent = driver.give({ kind: 'leave' });
    expect(digests(sent).map(({ to, entries }) => [to, brief(entries)])).toEqual([
      [B, [`${SELF} DEAD 2`]],
      [C, [`${SELF} DEAD 2`]],
    ]);
    expect(driver.swim.nextTimeout()).toBeUndefined();
    expect(driver.receive({ type: 'PING', from: B, id: 'p', timestamp: 1 })).toEqual([]);
    expect(driver.heartbeat(B, [entry(B), entry(SELF, 'DEAD', 2)])).toEqual([]);
    expect(driver.give({ kind: 'leave' })).toHaveLength(2);
    expect(driver.swim.incarnation).toBe(2);
  });

  test('another process with our identity is reported and not obeyed', () => {
    const driver = withTwo();
    driver.heartbeat(SELF, [entry(SELF), entry(D)], '127.0.0.1:5555');
    expect(driver.swim.member(D)).toBeUndefined();
    expect(driver.events.at(-1)).toMatchObject({ kind: 'violation' });
  });
});

describe('what others say', () => {
  test('suspect and dead by gossip are shown with who told it, our own answerable probe beside it', () => {
    const driver = withTwo();
    driver.heartbeat(B, [entry(B), entry(C, 'SUSPECT', 2)]);
    expect(driver.member(C)).toMatchObject({
      state: 'suspect',
      observedBy: B,
      incarnation: 2,
      localOpinion: 'It answers our probes.',
    });
    driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 3)]);
    driver.passWith(3_000, [B, C]);
    expect(driver.member(C)).toMatchObject({
      state: 'dead',
      observedBy: B,
      incarnation: 3,
      opinion: 'alive',
      localOpinion: 'It answers our probes.',
    });
    driver.heartbeat(B, [entry(B), entry(C, 'ALIVE', 4)]);
    expect(driver.member(C)).toMatchObject({ state: 'alive', incarnation: 4 });
  });

  test.each([true, false])('DEAD -> SUSPECT -> DEAD of a dead member is no return (it answers us: %s)', (answers) => {
    const driver = withTwo();
    const answering = answers ? [B, C] : [B];
    driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 3)]);
    const { sinceWallMs } = driver.member(C);
    driver.passWith(20_000, answering);
    driver.heartbeat(B, [entry(B), entry(C, 'SUSPECT', 4)]);
    expect(driver.member(C)).toMatchObject({ state: 'dead', sinceWallMs, incarnation: 4 });
    driver.passWith(20_000, answering);
    driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 5)]);
    expect(driver.member(C)).toMatchObject({ state: 'dead', sinceWallMs, incarnation: 5, opinion: answers ? 'alive' : 'dead' });
    const shown = driver.events.filter(
      (event) => event.kind === 'member' && event.member.address === C && event.previous !== event.member.state,
    );
    expect(shown).toHaveLength(2);
  });

  test('a farewell is "left", a restarted Python node that believes itself dead is "dead"', () => {
    const driver = withTwo();
    driver.heartbeat(C, [entry(C, 'DEAD', 2)]);
    expect(driver.member(C).state).toBe('left');
    const other = withTwo();
    other.heartbeat(B, [entry(B), entry(C, 'DEAD', 3)]);
    other.heartbeat(C, [entry(C, 'DEAD', 3)]);
    expect(other.member(C).state).toBe('dead');
  });

  test.each([true, false])(
    'a node that left and still talks after 2 s is dead to its fleet, not gone (it never fell silent: %s)',
    (answers) => {
      const driver = withTwo();
      driver.heartbeat(C, [entry(C, 'DEAD', 2)]);
      driver.pong(C);
      expect(driver.member(C).state).toBe('left');
      driver.passWith(2_500, answers ? [B, C] : [B]);
      driver.pong(C);
      expect(driver.member(C)).toMatchObject({ state: 'dead', localOpinion: 'It answers our probes.' });
    },
  );

  test('readmit: ALIVE with a higher incarnation to members and to the node, only for whom members hold dead or suspect', () => {
    const driver = withTwo();
    driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 50)]);
    const sent = driver.give({ kind: 'readmit', address: C });
    expect(
      digests(sent).map(({ to, entries }) => [to, entries.map((item) => `${item.addr} ${item.state} ${item.incarnation}`)]),
    ).toEqual([B, C].map((to) => [to, [`${SELF} ALIVE 1`, `${C} ALIVE 51`]]));
    expect(driver.member(C)).toMatchObject({ state: 'alive', incarnation: 51 });
    expect(driver.give({ kind: 'readmit', address: B })).toEqual([]);
    expect(driver.give({ kind: 'readmit', address: D })).toEqual([]);
  });

  test('forget: a dead member goes and stale gossip does not bring it back; an alive one stays', () => {
    const driver = withTwo();
    driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 3)]);
    driver.give({ kind: 'forget', address: C });
    driver.give({ kind: 'forget', address: B });
    driver.heartbeat(B, [entry(B), entry(C, 'SUSPECT', 4)]);
    driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 5)]);
    expect(driver.swim.members().map(({ address }) => address)).toEqual([B]);
    driver.heartbeat(B, [entry(B), entry(C, 'ALIVE', 6)]);
    expect(driver.member(C).state).toBe('alive');
  });

  test('forget: a member that was only looked at before goes as well', () => {
    const driver = withTwo();
    driver.give({ kind: 'contact', address: D });
    driver.heartbeat(B, [entry(B), entry(D, 'DEAD', 3)]);
    driver.give({ kind: 'forget', address: D });
    expect(driver.swim.member(D)).toBeUndefined();
    expect(driver.events.at(-1)).toEqual({ kind: 'forgotten', address: D });
  });

  test('forget: who was forgotten stays so while anybody repeats the old word, and is a stranger a minute after the last did', () => {
    const driver = new Driver({ seeds: [B], forgetAfterMs: 5_000 });
    driver.heartbeat(B, [entry(B), entry(SELF), entry(C, 'DEAD', 3)]);
    const repeat = (ms: number) => {
      driver.passWith(ms, [B]);
      driver.heartbeat(B, [entry(B), entry(C, 'ALIVE', 3)]);
      return driver.swim.members().map(({ address }) => address);
    };
    driver.passWith(8_000, [B]);
    expect(driver.events.filter(({ kind }) => kind === 'forgotten')).toEqual([{ kind: 'forgotten', address: C }]);
    expect(repeat(20_000)).toEqual([B]);
    expect(repeat(45_000)).toEqual([B]);
    expect(repeat(75_000)).toEqual([B, C]);
  });

  test('a calm fleet hears of us every second round, one member at a time', () => {
    const driver = withTwo();
    driver.passWith(60_000, [B, C]);
    const sent = driver.passWith(40_000, [B, C]).filter(({ message }) => message.type === 'HEARTBEAT');
    expect(sent.length).toBeGreaterThanOrEqual(18);
    expect(sent.length).toBeLessThanOrEqual(22);
    expect(new Set(sent.map(({ to }) => to))).toEqual(new Set([B, C]));
  });

  test('a digest never outgrows a datagram, however much its entries carry, and everybody has a turn', () => {
    const driver = withTwo();
    const heavy = (addr: string) => ({ ...entry(addr, 'ALIVE', 2), metadata: { note: 'x'.repeat(700) } });
    driver.heartbeat(B, [entry(B), heavy(C), heavy(D)]);
    driver.pong(D);
    const sent = driver.passWith(60_000, [B, C, D]).filter(({ message }) => message.type === 'HEARTBEAT');
    expect(new Set(sent.map(({ transport }) => transport))).toEqual(new Set(['udp']));
    const told = digests(sent).flatMap(({ entries }) => entries.map(({ addr }) => addr));
    expect([...new Set(told)].sort()).toEqual([SELF, B, C, D]);
  });
});
