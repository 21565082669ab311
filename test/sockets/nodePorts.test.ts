/** Ports for nodes that are started later. */
import { expect, test } from 'vitest';
import { freeNodePorts } from '../../scripts/ports.ts';

test('no port is given twice, neither as that of a node nor as that above it', async () => {
  const ports: number[] = [];
  for (let call = 0; call < 40; call++) for (const port of await freeNodePorts(3)) ports.push(port, port + 1000);
  expect(new Set(ports).size).toBe(240);
});
