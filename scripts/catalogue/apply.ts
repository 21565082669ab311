/**
 * Takes a release into the catalogue: what can be told from the sources is written, what a person has to judge is listed.
 * Pure: texts in, texts and a report out.
 */
import { compareReleases, effectIn, type Release, type Setting } from '#schemas/settings/catalogue.ts';
import { type Difference, differences } from './compare.ts';
import type { Extraction, WheelFacts } from './extract.ts';
import { putTogether, settingsOf, takeApart, withRelease } from './file.ts';
import { newField, newRead } from './newSetting.ts';

export interface CatalogueFiles {
  /** Text of schemas/settings/settings.json. */
  readonly settings: string;
  /** Text of schemas/settings/releases.json. */
  readonly releases: string;
}

export interface Taken {
  readonly files: CatalogueFiles;
  /** The release the new one was compared with; null: the release was known, and was compared with itself. */
  readonly before: Release | null;
  readonly differences: readonly Difference[];
  /** Sentences for a person: what nobody but a reader of the sources can know. */
  readonly toJudge: readonly string[];
}

interface ReleaseEntry {
  readonly version: Release;
  readonly order: number;
  readonly [field: string]: unknown;
}

/** A setting whose reader is gone: it ends with the release before. */
function ended(setting: Setting, before: Release): Setting {
  const effects = setting.effects.map((effect) => (effect.to === null ? { ...effect, to: before } : effect));
  return { ...setting, effects, until: before, status: 'removed' };
}

/** A setting whose declaration differs from this release on. */
function changed(setting: Setting, release: Release, extraction: Extraction): Setting {
  const [name, field] = Object.entries(extraction.fields).find(([, each]) => each.env === setting.envName) ?? [];
  if (name === undefined || field === undefined) return setting;
  const history = [...(setting.defaultHistory ?? []), { from: release, default: field.default }];
  return { ...setting, meshKey: name, defaultHistory: history };
}

function applyTo(
  settings: readonly Setting[],
  found: readonly Difference[],
  before: Release,
  release: Release,
  from: Extraction,
) {
  const byName = new Map(found.map((each) => [each.name, each]));
  const next = settings.map((setting) => {
    const difference = byName.get(setting.envName ?? '');
    if (difference === undefined || effectIn(setting, before) === undefined) return setting;
    if (difference.kind === 'field gone' || difference.kind === 'read gone') return ended(setting, before);
    if (difference.kind === 'default changed' || difference.kind === 'key changed') return changed(setting, release, from);
    return setting;
  });
  const added = found.flatMap(({ kind, name }) => {
    if (kind === 'field added') return [newField(name, release, from)];
    return kind === 'read added' ? [newRead(name, release, from)] : [];
  });
  return { next, added: added.sort((a, b) => ((a.envName ?? '') < (b.envName ?? '') ? -1 : 1)) };
}

function judgements(found: readonly Difference[], before: Release): string[] {
  const sentences: Partial<Record<Difference['kind'], (name: string) => string>> = {
    'field added': (name) => `${name}: write its description; decide group, scope, unit, range, and whether it is a secret.`,
    'read added': (name) => `${name}: write its description; decide type, default, group and scope; read who obeys it.`,
    'field gone': (name) => `${name}: was it renamed? Then say to what (renamedTo, status "renamed").`,
    'read gone': (name) => `${name}: was it renamed? Then say to what (renamedTo, status "renamed").`,
    'type changed': (name) => `${name}: its type changed; the catalogue keeps one type per setting, so decide which.`,
  };
  const each = found.flatMap(({ kind, name }) => sentences[kind]?.(name) ?? []);
  return [
    ...each,
    `The facts of this release (releases.json, "facts") are copies of those of ${before}: check each against the changelog.`,
    'Positions in "readBy" of settings that did not change are those of the release before.',
    'Run "npm run docs" and "npm run schemas", then "npm test".',
  ];
}

function releaseEntry(previous: ReleaseEntry, release: Release, extraction: Extraction, facts: WheelFacts): ReleaseEntry {
  const { delta: _, changelogDate: __, newestFileInWheel: ___, ...rest } = previous;
  const optionalExtra = facts.swimRequirement?.includes('extra ==') === true;
  return {
    ...rest,
    version: release,
    order: previous.order + 1,
    requiresPython: facts.requiresPython,
    swimP2p: { requirement: facts.swimRequirement, pinned: facts.swimRequirement?.includes('==') === true, optionalExtra },
    extras: facts.extras,
    counts: {
      settingsFields: Object.keys(extraction.fields).length,
      environmentNamesReadDirectly: Object.keys(extraction.reads).length,
    },
  };
}

/**
 * Compares a release with the catalogue, and takes it in where it is new. A release between known ones is compared only:
 * its place in the ranges of every setting cannot be told from one side.
 */
export function takeRelease(files: CatalogueFiles, release: Release, extraction: Extraction, facts: WheelFacts): Taken {
  const lines = takeApart(files.settings, 'settings');
  const settings = settingsOf(lines);
  const releaseLines = takeApart(files.releases, 'releases');
  const entries = releaseLines.items.map((line) => JSON.parse(line) as ReleaseEntry);
  if (entries.some(({ version }) => version === release)) {
    return { files, before: null, differences: differences(settings, release, extraction), toJudge: [] };
  }
  const last = entries.at(-1);
  if (last === undefined || compareReleases(last.version, release) > 0) {
    throw new Error(`${release} is older than ${last?.version ?? 'nothing'}, the newest that is catalogued: take it in by hand.`);
  }
  const before = last.version;
  const found = differences(settings, before, extraction);
  const { next, added } = applyTo(settings, found, before, release, extraction);
  const items = [
    ...lines.items.map((line, at) => (next[at] === settings[at] ? line : JSON.stringify(next[at]))),
    ...added.map((setting) => JSON.stringify(setting)),
  ];
  const order = [...entries.map(({ version }) => version), release];
  const entry = JSON.stringify(releaseEntry(last, release, extraction, facts));
  return {
    files: {
      settings: putTogether({ ...lines, head: withRelease(lines.head, order), items }),
      releases: putTogether({
        ...releaseLines,
        head: withOrder(releaseLines.head, order),
        items: [...releaseLines.items, entry],
      }),
    },
    before,
    differences: found,
    toJudge: judgements(found, before),
  };
}

function withOrder(head: string, order: readonly string[]): string {
  return head.replace(/"order":\[[^\]]*\]/, `"order":${JSON.stringify(order)}`);
}
