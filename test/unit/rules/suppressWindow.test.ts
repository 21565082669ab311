import { expect, test } from 'vitest';
import { check } from '#server/config/rules/engine.ts';
import { modelOf } from './workspace.ts';

// p2p/keepalive.py of 1.0.2 and 3.0.0 under a virtual clock: a window of 120 s over an interval of 90 s gives one every 120 s.
test.each([
  [120, 120],
  [95, 100],
  [90, 90],
])('a suppress window of %d s over an interval of 90 s is said to give a period of %d s', (window, period) => {
  const dict = `"p2p_enabled": True, "keepalive_interval": 90, "activity_suppress_window": ${window}`;
  const model = modelOf({ 'node.py': `from jarviscore import Mesh\nmesh = Mesh(config={${dict}})\n` });
  const [finding] = check(model).filter(({ rule }) => rule === 'suppress-window-ge-interval');
  expect(finding?.message).toContain(`the real period is about ${period} s`);
});
