import { expect, test } from 'vitest';
import type { HostEvent } from '#schemas/fleet/mesh.ts';
import { createBundle, unbundle } from '#server/mesh/host/bundle.ts';

const log = (text: string): HostEvent => ({ event: 'log', level: 'info', text });
const stopped: HostEvent = { event: 'stopped' };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function recorded(): { readonly sent: unknown[]; readonly bundle: ReturnType<typeof createBundle<HostEvent>> } {
  const sent: unknown[] = [];
  const bundle = createBundle<HostEvent>((events, done) => {
    sent.push(events);
    done();
  });
  return { sent, bundle };
}

test('what comes often within one turn leaves as one at its end, in order', async () => {
  const { sent, bundle } = recorded();
  const left: string[] = [];
  bundle.add(log('a'), () => left.push('a'));
  bundle.add(log('b'), () => left.push('b'));
  expect(sent).toEqual([]);
  await turn();
  expect(sent).toEqual([[log('a'), log('b')]]);
  expect(left).toEqual(['a', 'b']);
  await turn();
  expect(sent).toHaveLength(1);
});

test('one alone is no bundle', async () => {
  const { sent, bundle } = recorded();
  bundle.add(log('a'));
  await turn();
  expect(sent).toEqual([log('a')]);
});

test('what is not to wait leaves at once, behind what waited', async () => {
  const { sent, bundle } = recorded();
  bundle.add(stopped);
  bundle.add(log('a'));
  bundle.add(stopped);
  expect(sent).toEqual([stopped, [log('a'), stopped]]);
  bundle.add(log('b'));
  await turn();
  expect(sent).toEqual([stopped, [log('a'), stopped], log('b')]);
});

test('a bundle has a greatest length', async () => {
  const { sent, bundle } = recorded();
  for (let index = 0; index < 600; index += 1) bundle.add(log(String(index)));
  await turn();
  expect(sent.map((events) => unbundle(events).length)).toEqual([256, 256, 88]);
  expect(sent.flatMap(unbundle)).toEqual(Array.from({ length: 600 }, (_unused, index) => log(String(index))));
});

test('the other side takes one and many', () => {
  expect(unbundle(stopped)).toEqual([stopped]);
  expect(unbundle([stopped, log('a')])).toEqual([stopped, log('a')]);
  expect(unbundle(null)).toEqual([null]);
});
