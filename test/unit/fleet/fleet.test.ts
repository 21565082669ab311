import { expect, test } from 'vitest';
import { configurationSchema } from '#schemas/editor/messages.ts';
import { Fleet } from '#server/fleet/fleet.ts';

/** A fleet whose hosts are never reached. */
function fleet(): Fleet {
  return new Fleet(
    {
      ...{ epoch: 'e', hostPath: '/nowhere/meshHost.js', registryHostPath: '/nowhere/registryHost.js', storePath: null },
      ...{ nodeName: 'viewer', log() {}, onDelta() {} },
    },
    { project: true, target: { release: '3.0.0', origin: 'newest catalogued' }, python: true, models: [] },
    configurationSchema.parse({}),
    true,
  );
}

const elsewhere = { port: null, seeds: ['10.255.255.1:7946'] };

test('a start that still looks for its way gives way to a stop', async () => {
  const one = fleet();
  const [, stopped] = await Promise.all([one.start(elsewhere), one.stop()]);
  expect(stopped.phase).toBe('stopped');
  expect(one.status).toMatchObject({ phase: 'stopped', error: null });
  await one.dispose();
});

test('a start that still looks for its way starts nothing once the fleet is given up', async () => {
  const one = fleet();
  const going = one.start(elsewhere);
  await one.dispose();
  expect(await going).toMatchObject({ phase: 'stopped', error: null });
});

test('of two starts the later one counts', async () => {
  const one = fleet();
  await Promise.all([one.start(elsewhere), one.start({ port: null, seeds: ['nowhere'] })]);
  expect(one.status.error?.message).toBe('The seed "nowhere" is not HOST:PORT.');
  await one.dispose();
});
