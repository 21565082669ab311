/** Bytes as they were captured between pyzmq nodes, and bytes of other services. */
import { expect, test } from 'vitest';
import { describeService } from '#server/doctor/service.ts';
import { greeting, readHandshake } from '#server/doctor/zmtp.ts';

const text = (value: string): number[] => [...value].map((character) => character.charCodeAt(0));
const signature = [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f];

function greetingOf(mechanism: string, major = 3): number[] {
  const name = text(mechanism);
  return [...signature, major, 1, ...name, ...new Array<number>(20 - name.length).fill(0), 0, ...new Array<number>(31).fill(0)];
}

function property(name: string, value: readonly number[]): number[] {
  return [name.length, ...text(name), 0, 0, 0, value.length, ...value];
}

function ready(type: string, name = 'READY'): number[] {
  const body = [name.length, ...text(name), ...property('Socket-Type', text(type)), ...property('Identity', [])];
  return [0x04, body.length, ...body];
}

const router = Uint8Array.from([...greetingOf('NULL'), ...ready('ROUTER')]);

test('a ROUTER says so, however its bytes arrive', () => {
  expect(router).toHaveLength(64 + 2 + 0x29);
  expect(readHandshake(router)).toEqual({ kind: 'ready', socketType: 'ROUTER' });
  for (let length = 0; length < router.length; length++)
    expect(readHandshake(router.subarray(0, length))).toEqual({ kind: 'partial' });
});

test('our own greeting is one', () => {
  const own = greeting();
  expect(own).toHaveLength(64);
  expect(readHandshake(own)).toEqual({ kind: 'partial' });
  expect(readHandshake(Uint8Array.from([...own, ...ready('DEALER')]))).toEqual({ kind: 'ready', socketType: 'DEALER' });
});

test.each([
  ['HTTP', text('HTTP/1.1 400 Bad Request\r\n'), 0],
  ['ZMTP 2', [...signature, 1], 10],
  ['a message instead of a READY', [...greetingOf('NULL'), 0x00, 1, 65], 64],
  ['another command', [...greetingOf('NULL'), ...ready('ROUTER', 'PINGS')], 66],
  ['a command that announces a gigabyte', [...greetingOf('NULL'), 0x06, 0, 0, 0, 0, 0x40, 0, 0, 0], 65],
  ['a READY without its socket type', [...greetingOf('NULL'), 0x04, 6, 5, ...text('READY')], 72],
  ['a property that is longer than its command', [...greetingOf('NULL'), 4, 12, 5, ...text('READY'), 1, 65, 0, 0, 0, 9], 72],
])('%s is none', (_, bytes, at) => {
  expect(readHandshake(Uint8Array.from(bytes))).toEqual({ kind: 'not-zmtp', at });
});

test('a socket that wants keys, or refuses', () => {
  expect(readHandshake(Uint8Array.from(greetingOf('CURVE')))).toEqual({
    kind: 'refused',
    what: 'it wants the security mechanism CURVE',
  });
  expect(readHandshake(Uint8Array.from([...greetingOf('NULL'), 0x04, 7, 5, ...text('ERROR'), 0])).kind).toBe('refused');
});

test('services are named by how they answer; of others only the first bytes are shown', () => {
  const named = (bytes: readonly number[]) => describeService(Uint8Array.from(bytes));
  expect(named(text('HTTP/1.0 200'))).toBe('an HTTP server');
  expect(named(text('-ERR unknown command'))).toBe('Redis, or something that speaks its protocol');
  expect(named(text('SSH-2.0-OpenSSH'))).toBe('an SSH server');
  expect(named([0x15, 0x03, 0x01])).toBe('a server that wants TLS');
  expect(named([...text('ok\n'), 0, 200, ...text('password=hunter2 and more')])).toBe(
    'a service that answers "ok...password=hu"',
  );
});
