import { describe, expect, test } from 'vitest';
import { B, C, D, Driver, digests, entry, SELF, withTwo } from './driver.ts';

describe('identities nobody can send to', () => {
  const wildcard = '0.0.0.0:7947';

  test('0.0.0.0 is seen at the address its packets come from, flagged, and neither sent to nor gossiped', () => {
    const driver = new Driver({ seeds: [B] });
    driver.take();
    const sent = driver.heartbeat(wildcard, [entry(wildcard), entry(C)], B);
    expect(driver.member(B)).toMatchObject({
      state: 'alive',
      wildcard,
      gossiped: false,
      warnings: [expect.stringContaining(wildcard)],
    });
    const all = [...sent, ...driver.passWith(60_000, [B, C])];
    expect(all.filter(({ to }) => to.startsWith('0.0.0.0'))).toEqual([]);
    const named = new Set(digests(all).flatMap(({ entries }) => entries.map((item) => item.addr)));
    expect([...named].sort()).toEqual([SELF, C]);
    expect(driver.member(B).state).toBe('alive');
  });

  test('0.0.0.0 may answer the SYNC-REQ it got', () => {
    const driver = new Driver();
    driver.heartbeat(wildcard, [entry(wildcard)], B);
    const asked = driver.passWith(60_000, [B]).filter(({ message }) => message.type === 'SYNC-REQ');
    expect(asked[0]?.to).toBe(B);
    driver.syncResponse(wildcard, [entry(wildcard), entry(SELF), entry(C)], 7, B);
    expect(driver.member(B).warnings).toEqual([expect.stringContaining(wildcard)]);
    expect(driver.events.filter(({ kind }) => kind === 'violation')).toEqual([]);
    expect(driver.swim.members().map(({ address }) => address)).toEqual([B, C]);
  });

  test('what others say of a 0.0.0.0 identity is reported and not used', () => {
    const driver = withTwo();
    driver.heartbeat(B, [entry(B), entry('0.0.0.0:9000', 'DEAD', 9)]);
    expect(driver.swim.members().map(({ address }) => address)).toEqual([B, C]);
    expect(driver.events.at(-1)).toMatchObject({ kind: 'violation' });
  });

  test('an identity that differs from the packets’ source gets a warning', () => {
    const driver = withTwo();
    driver.heartbeat(B, [entry(B), entry(D)]);
    driver.heartbeat(D, [entry(D)], '172.17.0.2:7949');
    expect(driver.member(D).warnings).toEqual([expect.stringContaining('172.17.0.2:7949')]);
  });

  test('a forged header leaves no warning on a member that speaks from its own address', () => {
    const driver = withTwo();
    driver.heartbeat(C, [entry(C)], '172.17.0.2:7948');
    expect(driver.member(C).warnings).toEqual([]);
    expect(driver.events).toContainEqual({
      kind: 'violation',
      from: '172.17.0.2:7948',
      what: `It announces itself as ${C}, but its packets come from 172.17.0.2:7948.`,
    });
  });
});

describe('contacts', () => {
  test('get PING and SYNC-REQ only; their fleet is reported, never merged, never gossiped', () => {
    const driver = withTwo();
    const sent = driver.give({ kind: 'contact', address: D });
    expect(sent.map(({ to, message }) => [to, message.type])).toEqual([
      [D, 'PING'],
      [D, 'SYNC-REQ'],
    ]);
    driver.pong(D);
    driver.syncResponse(D, [entry(D), entry('127.0.0.1:9999')]);
    expect(driver.events.filter((event) => event.kind === 'contacted')).toEqual([
      { kind: 'contacted', address: D, fleet: null },
      {
        kind: 'contacted',
        address: D,
        fleet: [
          { address: D, state: 'ALIVE', incarnation: 1 },
          { address: '127.0.0.1:9999', state: 'ALIVE', incarnation: 1 },
        ],
      },
    ]);
    const later = driver.passWith(120_000, [B, C, D]);
    expect(later.filter(({ to, message }) => to === D && message.type !== 'PING' && message.type !== 'SYNC-REQ')).toEqual([]);
    expect(digests(later).flatMap(({ entries }) => entries.map((item) => item.addr))).not.toContain(D);
    driver.heartbeat(B, [entry(B), entry(D)]);
    expect(driver.member(D).gossiped).toBe(true);
  });

  test('an unasked SYNC-RESP from a stranger is not used', () => {
    const driver = withTwo();
    driver.syncResponse('127.0.0.1:9999', [entry('127.0.0.1:9999'), entry(D)]);
    expect(driver.swim.members().map(({ address }) => address)).toEqual([B, C]);
  });
});

describe('bounds', () => {
  test('the member table does not grow beyond its limit, and live members are not pushed out', () => {
    const driver = new Driver({ limits: { members: 10 } });
    for (let block = 0; block < 50; block += 1) {
      driver.heartbeat(B, [
        entry(B),
        ...Array.from({ length: 40 }, (_unused, index) => entry(`127.0.0.1:${10_000 + block * 40 + index}`)),
      ]);
    }
    expect(driver.swim.members()).toHaveLength(10);
    expect(driver.member(B).state).toBe('alive');
    expect(driver.events.some((event) => event.kind === 'violation')).toBe(true);
  });

  test('a flooding source is cut off without harm to others', () => {
    const driver = withTwo();
    let answers = 0;
    for (let index = 0; index < 5_000; index += 1)
      answers += driver.receive({ type: 'PING', from: D, id: 'p', timestamp: 1 }).length;
    expect(answers).toBe(400);
    expect(driver.receive({ type: 'PING', from: B, id: 'p', timestamp: 1 })).toHaveLength(1);
    driver.nowMs += 1_000;
    expect(driver.receive({ type: 'PING', from: D, id: 'p', timestamp: 1 }).some(({ message }) => message.type === 'PONG')).toBe(
      true,
    );
  });

  test('violations of one kind are reported once a minute', () => {
    const driver = new Driver();
    for (let index = 0; index < 50; index += 1) driver.give({ kind: 'datagram', from: B, bytes: new Uint8Array([1]) });
    expect(driver.events).toHaveLength(1);
  });
});
