/** What the core sees beyond membership: who accuses whom, whose clock is wrong, who breaks the rules. */
import { expect, test } from 'vitest';
import { B, C, D, Driver, entry, SELF } from './driver.ts';

function fleet(): Driver {
  const driver = new Driver({ seeds: [B] });
  driver.heartbeat(B, [entry(B), entry(SELF), entry(C), entry(D)]);
  for (const peer of [B, C, D]) driver.pong(peer);
  driver.take();
  return driver;
}

test('who repeats a present accusation is named, first teller first, and taken back with it', () => {
  const driver = fleet();
  driver.heartbeat(C, [entry(C), entry(D, 'SUSPECT', 2)]);
  expect(driver.member(D)).toMatchObject({ state: 'suspect', suspectedBy: [C], observedBy: C });
  driver.heartbeat(B, [entry(B), entry(D, 'SUSPECT', 2)]);
  driver.heartbeat(C, [entry(C), entry(D, 'SUSPECT', 2)]);
  expect(driver.member(D).suspectedBy).toEqual([C, B]);
  driver.heartbeat(B, [entry(B), entry(D, 'DEAD', 3)]);
  expect(driver.member(D).suspectedBy, 'a new accusation counts its own tellers').toEqual([B]);
  driver.heartbeat(C, [entry(C), entry(D, 'SUSPECT', 2)]);
  driver.heartbeat(D, [entry(D, 'DEAD', 3)]);
  expect(driver.member(D).suspectedBy, 'neither old news nor its own belief accuses it').toEqual([B]);
  driver.heartbeat(C, [entry(C), entry(D, 'ALIVE', 4)]);
  expect(driver.member(D)).toMatchObject({ state: 'alive', suspectedBy: [] });
});

test('a crowd of accusers is not kept whole', () => {
  const driver = fleet();
  for (let port = 8_000; port < 8_100; port++) {
    const teller = `127.0.0.1:${port}`;
    driver.heartbeat(teller, [entry(teller), entry(D, 'SUSPECT', 2)]);
  }
  expect(driver.member(D).suspectedBy).toHaveLength(8);
});

test('a PONG tells how far the other clock is off, whatever the round trip', () => {
  const driver = fleet();
  expect(driver.swim.contactTimes(B).clockOffsetMs).toBeNull();
  let asked = false;
  driver.pass(3_000, ({ to, message }) => {
    if (message.type !== 'PING' || to !== B || asked) return;
    asked = true;
    driver.nowMs += 40;
    const timestamp = (driver.now.wallMs - 20 + 5_000) / 1_000;
    driver.receive({ type: 'PONG', from: B, id: message.id, in_response_to: 'PING', orig_timestamp: 1, timestamp });
  });
  expect(driver.swim.contactTimes(B).clockOffsetMs).toBeCloseTo(5_000, 3);
});

test('broken rules are counted, however seldom they are told', () => {
  const driver = fleet();
  for (let index = 0; index < 50; index++) driver.give({ kind: 'datagram', from: B, bytes: new Uint8Array([0x55, 0x7b]) });
  expect(driver.swim.violations(B)).toBe(50);
  expect(driver.swim.violations(C)).toBe(0);
  expect(driver.events.filter((event) => event.kind === 'violation')).toHaveLength(1);
});
