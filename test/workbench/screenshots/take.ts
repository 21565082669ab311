/**
 * Photographs the extension in a real workbench: every view and state in four themes for a person to look at, into
 * dist/screenshots/gallery, and the picture of the README into media/.
 *
 *   npm run screenshots [-- SCENE...]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStage } from '../ui/commands/stage.ts';
import { themes } from '../ui/themes.ts';
import { withPalette } from './palette.ts';
import { leave, scenes, widen } from './scenes.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const gallery = join(root, 'dist/screenshots/gallery');
/** Scene and theme of the pictures that are kept with the sources. */
const tracked: Readonly<Record<string, string>> = { 'fleet-dark': 'media/screenshot.png' };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !scenes.some((scene) => scene.name === name));
if (unknown.length > 0)
  throw new Error(`No such scene: ${unknown.join(', ')}. There are ${scenes.map(({ name }) => name).join(', ')}.`);

mkdirSync(gallery, { recursive: true });
const stage = await openStage({ extensions: [root], viewport: { width: 1_440, height: 900 } });
const failures: string[] = [];
try {
  await widen(stage.workbench);
  for (const scene of scenes) {
    try {
      // Also of scenes that are not wanted: later ones go on from there.
      await scene.prepare(stage);
      if (wanted.length > 0 && !wanted.includes(scene.name)) continue;
      for (const [name, label, className] of themes) {
        await stage.workbench.setTheme(label, className);
        await scene.pose?.(stage);
        const picture = `${scene.name}-${name}`;
        const file = join(gallery, `${picture}.png`);
        await stage.workbench.screenshot(file);
        const kept = tracked[picture];
        if (kept !== undefined) writeFileSync(join(root, kept), withPalette(readFileSync(file)));
      }
      console.log(scene.name);
    } catch (error) {
      failures.push(`${scene.name}: ${error instanceof Error ? error.message : String(error)}`);
      await stage.workbench.screenshot(join(gallery, `${scene.name}.failed.png`)).catch(() => {});
    }
  }
} finally {
  await leave();
  await stage.end();
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
