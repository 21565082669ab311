/** Every ZeroMQ frame of the captured traffic: read as it was recorded, written again, and given to the receiver's place. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Json } from '#schemas/fleet/mesh.ts';
import { createEncoder, decodeMessage, encodeAck } from '#server/mesh/messages/codec.ts';
import { at, seeded, Wire } from './support.ts';

const folder = new URL('../../fixtures/captures/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

const recordSchema = z.object({
  proto: z.string(),
  from: z.string(),
  to: z.string(),
  bytes_hex: z.string(),
  decoded: z.record(z.string(), z.unknown()),
});

interface Message {
  readonly from: string;
  readonly to: string;
  readonly body: Uint8Array;
  readonly json: Record<string, Json>;
}

const greetingBytes = 64;

/** ZMTP 3.1 (RFC 23) as far as NULL security needs it: greeting, commands, messages of frames. */
function readZmtp(bytes: Buffer): { greetings: number; commands: string[]; messages: Buffer[][] } {
  const commands: string[] = [];
  const messages: Buffer[][] = [];
  let greetings = 0;
  let frames: Buffer[] = [];
  let offset = 0;
  if (bytes[0] === 0xff) {
    expect(bytes.subarray(9, 11).toString('hex')).toBe('7f03');
    expect(bytes.subarray(12, 16).toString('latin1')).toBe('NULL');
    greetings += 1;
    offset = greetingBytes;
  }
  while (offset < bytes.length) {
    const flags = bytes.readUInt8(offset);
    const long = (flags & 2) !== 0;
    const length = long ? Number(bytes.readBigUInt64BE(offset + 1)) : bytes.readUInt8(offset + 1);
    const start = offset + (long ? 9 : 2);
    const body = bytes.subarray(start, start + length);
    expect(body).toHaveLength(length);
    offset = start + length;
    if ((flags & 4) !== 0) {
      commands.push(body.subarray(1, 1 + body.readUInt8(0)).toString('latin1'));
      continue;
    }
    frames.push(body);
    if ((flags & 1) !== 0) continue;
    messages.push(frames);
    frames = [];
  }
  expect(frames).toEqual([]);
  return { greetings, commands, messages };
}

/** All ZeroMQ traffic of a file; segments of one connection are put together first. */
function traffic(file: string): { greetings: number; commands: string[]; messages: Message[] } {
  const records = readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => recordSchema.parse(JSON.parse(line)))
    .filter((record) => record.proto === 'zmq' && record.bytes_hex !== '');
  const parts: { from: string; to: string; bytes: Buffer }[] = [];
  for (const { from, to, bytes_hex, decoded } of records) {
    const bytes = Buffer.from(bytes_hex, 'hex');
    const begun = 'tcp_segment' in decoded ? parts.find((part) => part.from === from && part.to === to) : undefined;
    if (begun === undefined) parts.push({ from, to, bytes });
    else begun.bytes = Buffer.concat([begun.bytes, bytes]);
  }
  const all = { greetings: 0, commands: [] as string[], messages: [] as Message[] };
  for (const { from, to, bytes } of parts) {
    const { greetings, commands, messages } = readZmtp(bytes);
    all.greetings += greetings;
    all.commands.push(...commands);
    for (const [delimiter, body, ...more] of messages) {
      expect(delimiter).toHaveLength(0);
      expect(more).toEqual([]);
      if (body === undefined) throw new Error(`${file}: a message without a body`);
      all.messages.push({
        from,
        to,
        body: new Uint8Array(body),
        json: JSON.parse(body.toString('utf8')) as Record<string, Json>,
      });
    }
  }
  return all;
}

const contentKeys = ['payload', 'check_in_message', 'response_message'];
const seconds = (json: Record<string, Json>): number => Number(json.timestamp);

describe.each(files)('%s', (file) => {
  const { greetings, commands, messages } = traffic(file);

  test('greetings are ZMTP 3 without security, commands are READY', () => {
    expect(commands.every((name) => name === 'READY')).toBe(true);
    // A greeting that is cut off by the start of a recording has no READY either, and the other way round.
    expect(commands.length === 0).toBe(greetings === 0);
  });

  test('each message is read as it was recorded', () => {
    for (const { body, json } of messages) {
      const read = decodeMessage(body);
      if (json.type === 'ACK') {
        expect(read).toEqual({
          kind: 'ack',
          ackType: json.ack_type,
          ackFor: json.ack_for,
          success: json.success,
          details: json.error_details ?? null,
        });
        continue;
      }
      const payload = typeof json.payload === 'string' ? (JSON.parse(json.payload) as Json) : (json.payload ?? null);
      const { type, id, from_node: fromNode, from_node_name: fromName } = json;
      expect(read).toMatchObject({ kind: 'message', type, id, fromNode, fromName, requireAck: json.require_ack, payload });
    }
  });

  test('each message is written again with the same fields', () => {
    for (const { json } of messages) {
      const now = at(0);
      if (json.type === 'ACK') {
        const { ack_type: type, ack_for: messageId, success, error_details: details } = json;
        if ((type !== 'delivery' && type !== 'processing') || typeof messageId !== 'string') throw new Error('no ACK');
        const ack = { type, messageId, success: success === true, ...(typeof details === 'string' ? { details } : {}) } as const;
        const bytes = encodeAck(ack, String(json.node_id), seconds(json) * 1_000);
        const written = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, Json>;
        expect({ ...written, timestamp: 0 }).toEqual({ ...json, timestamp: 0 });
        expect(seconds(written)).toBeCloseTo(seconds(json), 6);
        continue;
      }
      const encode = createEncoder({ address: String(json.from_node), name: String(json.from_node_name) }, seeded(1));
      const key = contentKeys.find((name) => name in json);
      if (key === undefined) throw new Error(`${file}: ${json.type} has no content`);
      const { bytes } = encode({ type: String(json.type), content: { key, value: json[key] ?? null } }, now);
      const written = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, Json>;
      const fresh = { id: 'new', timestamp: 0, sequence: 0, headers: null };
      expect({ ...written, ...fresh }).toEqual({ ...json, ...fresh });
      expect(written.id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(json.id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(Object.keys(written.headers ?? {})).toEqual(expect.arrayContaining(Object.keys(json.headers ?? {})));
    }
  });

  test('each receiver, replaced by ours, acknowledges twice and knows in the end who announced what', () => {
    const sent = messages.filter(({ json }) => json.type !== 'ACK');
    for (const router of new Set(sent.map(({ to }) => to))) {
      const [host = '', port = ''] = router.split(':');
      const wire = new Wire();
      const site = wire.add(`${host}:${Number(port) - 1_000}`);
      const agents = new Map<string, Set<string>>();
      for (const { from, body, json } of sent.filter(({ to }) => to === router)) {
        const peer = String(json.from_node);
        site.states.set(peer, 'alive');
        site.messages.memberAlive(peer, false, at(wire.nowMs));
        while (site.messages.poll() !== undefined);
        site.messages.routerMessage(from, body, at(wire.nowMs));
        const acknowledged: string[] = [];
        for (let output = site.messages.poll(); output !== undefined; output = site.messages.poll()) {
          if (output.kind !== 'router-send') continue;
          expect(output.identity).toBe(from);
          const ack = decodeMessage(output.bytes);
          if (ack.kind === 'ack' && ack.ackFor === json.id) acknowledged.push(ack.ackType);
        }
        expect(acknowledged, `${json.type} of ${peer}`).toEqual(json.require_ack === true ? ['delivery', 'processing'] : []);
        const payload = (typeof json.payload === 'string' ? JSON.parse(json.payload) : {}) as Record<string, Json>;
        if (json.type === 'CAPABILITY_ANNOUNCEMENT')
          agents.set(String(payload.node_id), new Set(Object.keys(payload.agents ?? {})));
        if (json.type === 'CAPABILITY_DEANNOUNCEMENT')
          for (const id of payload.agent_ids as string[]) agents.get(String(payload.node_id))?.delete(id);
      }
      for (const [peer, ids] of agents)
        expect(
          site.messages
            .agents(peer)
            .map((agent) => agent.id)
            .sort(),
          `agents of ${peer} at ${router}`,
        ).toEqual([...ids].sort());
    }
  });
});

test('the captures hold what they are kept for', () => {
  const types = new Set(files.flatMap((file) => traffic(file).messages.map(({ json }) => String(json.type))));
  for (const type of [
    'ACK',
    'AUTOMATED_CHECK_IN',
    'CHECK_IN_RESPONSE',
    'CAPABILITY_ANNOUNCEMENT',
    'CAPABILITY_REQUEST',
    'CAPABILITY_DEANNOUNCEMENT',
    'PEER_REQUEST',
    'PEER_RESPONSE',
    'PEER_NOTIFY',
    'P2P_KEEPALIVE',
    'P2P_KEEPALIVE_ACK',
  ])
    expect(types).toContain(type);
});
