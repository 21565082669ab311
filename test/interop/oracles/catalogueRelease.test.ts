/** The newest release, taken out of the catalogue and in again from its own wheel: what sources tell is what is checked in. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { releaseFacts, type Setting } from '#schemas/settings/catalogue.ts';
import { takeRelease } from '../../../scripts/catalogue/apply.ts';
import { declaredEffect } from '../../../scripts/catalogue/compare.ts';
import { fetchRelease } from '../../../scripts/catalogue/extract.ts';
import { withoutNewest } from '../../../scripts/catalogue/rewind.ts';

const read = (name: string): string => readFileSync(new URL(`../../../schemas/settings/${name}`, import.meta.url), 'utf8');

test('the wheel of the newest release gives the checked-in settings again', async () => {
  const files = { settings: read('settings.json'), releases: read('releases.json') };
  const { swim } = JSON.parse(files.releases) as { swim: { version: string } };
  const { files: earlier, newest } = withoutNewest(files);
  const { extraction, facts } = await fetchRelease(newest, swim.version);

  expect(takeRelease(files, newest, extraction, facts)).toMatchObject({ files, differences: [], before: null });
  expect({ python: facts.requiresPython, extras: facts.extras }).toEqual({
    python: releaseFacts.get(newest)?.requiresPython,
    extras: releaseFacts.get(newest)?.extras,
  });

  const again = takeRelease(earlier, newest, extraction, facts);
  const declared = (text: string): object[] =>
    (JSON.parse(text) as { settings: Setting[] }).settings
      .filter((setting) => declaredEffect(setting, newest))
      .map(({ envName, meshKey, default: value, since, until }) => ({ envName, meshKey, value, since, until }))
      .sort((a, b) => ((a.envName ?? '') < (b.envName ?? '') ? -1 : 1));
  expect(declared(again.files.settings)).toEqual(declared(files.settings));
});
