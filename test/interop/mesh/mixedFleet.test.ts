import { afterEach, test } from 'vitest';
import { watchMixedFleet } from './mixedFleet.ts';
import { killAll } from './pythonNode.ts';

afterEach(killAll);

/** The soak lane watches for 15 minutes. */
test('three releases and two nodes of ours hold each other for alive for a minute', async () => {
  console.log(await watchMixedFleet(60_000));
}, 300_000);
