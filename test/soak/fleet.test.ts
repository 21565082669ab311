import { afterEach, test } from 'vitest';
import { watchMixedFleet } from '../interop/mesh/mixedFleet.ts';
import { killAll } from '../interop/mesh/pythonNode.ts';

afterEach(killAll);

test('three releases and two nodes of ours hold each other for alive for 15 minutes', async () => {
  console.log(await watchMixedFleet(15 * 60_000));
});
