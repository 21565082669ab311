/** Taking a framework release into the catalogue: what is told from sources is written, everything else keeps its bytes. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  settings as catalogued,
  defaultIn,
  effectIn,
  releaseFacts,
  type Setting,
  settingsFileSchema,
} from '#schemas/settings/catalogue.ts';
import { fieldType } from '#server/config/model/pydantic.ts';
import { type CatalogueFiles, takeRelease } from '../../../scripts/catalogue/apply.ts';
import { isDeclared } from '../../../scripts/catalogue/compare.ts';
import { type Extraction, wheelFacts } from '../../../scripts/catalogue/extract.ts';
import { putTogether, takeApart } from '../../../scripts/catalogue/file.ts';
import { reportOf } from '../../../scripts/catalogue/report.ts';
import { withoutNewest } from '../../../scripts/catalogue/rewind.ts';

const read = (name: string): string => readFileSync(new URL(`../../../schemas/settings/${name}`, import.meta.url), 'utf8');
const files: CatalogueFiles = { settings: read('settings.json'), releases: read('releases.json') };
const newest = '3.0.0';
const facts = wheelFacts(`Metadata-Version: 2.4
Name: jarviscore-framework
Requires-Python: >=3.10
Provides-Extra: p2p
Provides-Extra: full
Requires-Dist: pydantic
Requires-Dist: swim-p2p; extra == "p2p"

Requires-Python: not this one
`);

/** What an extraction of a release would find if it were exactly what the catalogue says. */
function extractionOf(release: string): Extraction {
  const present = catalogued.filter((setting) => effectIn(setting, release) !== undefined);
  const declared = present.filter((setting) => isDeclared(effectIn(setting, release)));
  const annotation = (setting: Setting): string => (fieldType(setting) === 'json' ? 'Dict[str, str]' : fieldType(setting));
  return {
    fields: Object.fromEntries(
      declared.map((setting) => [
        setting.meshKey ?? '',
        {
          ...{ env: setting.envName ?? '', type: annotation(setting), default: defaultIn(setting, release) ?? null },
          ...{ known: true, line: 7 },
        },
      ]),
    ),
    reads: Object.fromEntries(
      present.flatMap((setting) => {
        const effect = effectIn(setting, release);
        const reads = effect !== undefined && ['env', 'process-env', 'import-time', 'cli'].includes(effect.effect);
        return reads && !isDeclared(effect) ? [[setting.envName ?? '', effect.readBy]] : [];
      }),
    ),
    mentions: [],
  };
}

/** Settings of a catalogue text by name. */
const byName = (text: string): Map<string, Setting> =>
  new Map(
    settingsFileSchema.parse(JSON.parse(text)).settings.map((setting) => [setting.envName ?? `key ${setting.meshKey}`, setting]),
  );

test('both files are taken apart and put together without a change', () => {
  expect(putTogether(takeApart(files.settings, 'settings'))).toBe(files.settings);
  expect(putTogether(takeApart(files.releases, 'releases'))).toBe(files.releases);
});

test.each([newest, '1.12.0', '2.4.1'])('the known release %s changes no byte, and differs in nothing', (release) => {
  const taken = takeRelease(files, release, extractionOf(release), facts);
  expect(taken.differences).toEqual([]);
  expect(taken.before).toBeNull();
  expect(taken.files).toEqual(files);
});

test('a wheel says what it needs in its head, not in its description', () => {
  expect(facts).toEqual({ requiresPython: '>=3.10', extras: ['p2p', 'full'], swimRequirement: 'swim-p2p; extra == "p2p"' });
});

describe('the newest release, taken out and in again', () => {
  const rewound = withoutNewest(files);
  const taken = takeRelease(rewound.files, newest, extractionOf(newest), facts);

  test('was gone in between', () => {
    expect(rewound.newest).toBe(newest);
    const earlier = settingsFileSchema.parse(JSON.parse(rewound.files.settings));
    expect(earlier.releases).not.toContain(newest);
    expect(earlier.target).toBe('2.4.1');
    expect(earlier.settings.filter(({ since }) => since === newest)).toEqual([]);
  });

  test('is what it was: names, keys, types, defaults, first and last releases', () => {
    const before = byName(files.settings);
    const after = byName(taken.files.settings);
    const told = (setting: Setting) => ({
      ...{ meshKey: setting.meshKey, since: setting.since, until: setting.until, python: fieldType(setting) },
      ...{ default: defaultIn(setting, newest) ?? null, present: effectIn(setting, newest) !== undefined },
    });
    // Code tells neither what bundled containers read nor whether a name read directly is a number.
    const readsOnly = (setting: Setting): boolean => setting.meshKey === null && setting.since === newest;
    for (const [name, setting] of before) {
      const again = after.get(name);
      if (setting.status === 'container' && setting.since === newest) expect(again, name).toBeUndefined();
      else if (readsOnly(setting)) expect(again?.since, name).toBe(newest);
      else expect(again === undefined ? null : told(again), name).toEqual(told(setting));
    }
    expect([...after.keys()].filter((name) => !before.has(name))).toEqual([]);
  });

  test('is in both lists of releases, and the files are valid', () => {
    const parsed = settingsFileSchema.parse(JSON.parse(taken.files.settings));
    expect([parsed.target, parsed.releases.at(-1)]).toEqual([newest, newest]);
    const releases = JSON.parse(taken.files.releases) as { order: string[]; releases: { version: string; extras: string[] }[] };
    expect(releases.order.at(-1)).toBe(newest);
    expect(releases.releases.at(-1)).toMatchObject({ version: newest, extras: ['p2p', 'full'], requiresPython: '>=3.10' });
    expect(releases.releases.at(-1)).toMatchObject({ facts: releaseFacts.get('2.4.1')?.facts });
  });
});

describe('a release nobody knows', () => {
  const was = extractionOf(newest);
  const { journal_dir: gone, ...kept } = was.fields;
  const { JARVISCORE_CONTROL_MODE: unread, ...reads } = was.reads;
  const changed: Extraction = {
    fields: {
      ...kept,
      journal_capture: { env: 'JOURNAL_CAPTURE', type: 'str', default: 'none', known: true, line: 9 },
      answer_token: { env: 'ANSWER_TOKEN', type: 'Optional[str]', default: null, known: true, line: 10 },
      answer_port: { env: 'ANSWER_PORT', type: 'int', default: 7000, known: true, line: 11 },
    },
    reads: { ...reads, JARVISCORE_NEW_URL: ['jarviscore/new.py:3'] },
    mentions: [],
  };
  const taken = takeRelease(files, '3.1.0', changed, facts);
  const after = byName(taken.files.settings);

  test('differs in what was changed', () => {
    expect(gone).toBeDefined();
    expect(unread).toBeDefined();
    expect(taken.before).toBe(newest);
    expect(taken.differences.map(({ kind, name }) => `${kind}: ${name}`).sort()).toEqual([
      'default changed: JOURNAL_CAPTURE',
      'field added: ANSWER_PORT',
      'field added: ANSWER_TOKEN',
      'field gone: JOURNAL_DIR',
      'read added: JARVISCORE_NEW_URL',
      'read gone: JARVISCORE_CONTROL_MODE',
    ]);
  });

  test('new settings are typed, and secret where their name is', () => {
    expect(after.get('ANSWER_TOKEN')).toMatchObject({
      type: 'secret',
      secret: true,
      scope: 'secret',
      since: '3.1.0',
      meshKey: 'answer_token',
    });
    expect(after.get('ANSWER_PORT')).toMatchObject({ type: 'port', default: 7000, secret: false });
    expect(after.get('JARVISCORE_NEW_URL')).toMatchObject({
      type: 'url',
      meshKey: null,
      effects: [{ from: '3.1.0', readBy: ['jarviscore/new.py:3'] }],
    });
  });

  test('settings that went end with the release before; a new default counts from this one on', () => {
    for (const name of ['JOURNAL_DIR', 'JARVISCORE_CONTROL_MODE']) {
      const setting = after.get(name);
      expect(setting, name).toMatchObject({ until: newest, status: 'removed' });
      if (setting !== undefined) expect(effectIn(setting, '3.1.0'), name).toBeUndefined();
    }
    const capture = after.get('JOURNAL_CAPTURE');
    if (capture === undefined) throw new Error('JOURNAL_CAPTURE is gone.');
    expect([defaultIn(capture, newest), defaultIn(capture, '3.1.0')]).toEqual(['full', 'none']);
  });

  test('all other lines keep their bytes', () => {
    const lines = new Set(takeApart(taken.files.settings, 'settings').items);
    const lost = takeApart(files.settings, 'settings').items.filter((line) => !lines.has(line));
    expect(lost.map((line) => (JSON.parse(line) as Setting).envName).sort()).toEqual([
      'JARVISCORE_CONTROL_MODE',
      'JOURNAL_CAPTURE',
      'JOURNAL_DIR',
    ]);
  });

  test('the report names every difference and what a person has to judge', () => {
    const text = reportOf('3.1.0', taken, changed);
    for (const { name } of taken.differences) expect(text).toContain(`\`${name}\``);
    expect(text).toContain('- [ ] ANSWER_TOKEN: write its description');
    expect(text).toContain('copies of those of 3.0.0');
  });

  test('taken in a second time, nothing changes', () => {
    const again = takeRelease(taken.files, '3.1.0', changed, facts);
    expect(again.files).toEqual(taken.files);
    expect(again.differences).toEqual([]);
  });

  test('one that is older than the newest is refused, not guessed at', () => {
    expect(() => takeRelease(files, '1.6.0', changed, facts)).toThrow(/older than 3\.0\.0/);
  });
});
