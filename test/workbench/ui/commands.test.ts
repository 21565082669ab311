/** Every command that the manifest contributes, run as a person runs it. A new command fails here until it has a scene. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { mapScenes } from './commands/mapScenes.ts';
import { nodeScenes } from './commands/nodeScenes.ts';
import { otherFleetScenes } from './commands/otherFleetScenes.ts';
import { peerScenes } from './commands/peerScenes.ts';
import { projectScenes } from './commands/projectScenes.ts';
import { runScenes } from './commands/runScenes.ts';
import { sidebarScenes } from './commands/sidebarScenes.ts';
import { openStage, type Scene, type Stage } from './commands/stage.ts';
import { screenshotFile } from './packed.ts';

const manifest = z
  .object({ contributes: z.object({ commands: z.array(z.object({ command: z.string() })) }) })
  .parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')));
const contributed = manifest.contributes.commands.map(({ command }) => command);

// In this order: what one starts another stops.
const scenes: Readonly<Record<string, Scene>> = {
  ...nodeScenes,
  ...projectScenes,
  ...peerScenes,
  ...sidebarScenes,
  ...mapScenes,
  ...runScenes,
  ...otherFleetScenes,
};

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage?.end());

it('have a scene each, and there is no scene of a command that is gone', () => {
  expect(Object.keys(scenes).toSorted()).toEqual(contributed.toSorted());
});

describe('the command', () => {
  it.each(Object.keys(scenes))('%s', async (command) => {
    try {
      await scenes[command]?.(stage);
    } catch (error) {
      await stage.workbench.screenshot(screenshotFile(`failed-${command}`));
      throw error;
    }
  });
});
