/** Which release of the framework a workspace is checked against. */
import { compareReleases, newestRelease, type Release, releases } from '#schemas/settings/catalogue.ts';
import { normalizeDistribution } from '../readers/distributionName.ts';
import type { Requirement, SourceDocument } from './types.ts';

export interface Target {
  readonly release: Release;
  /** One phrase, e.g. "pinned in requirements.txt". */
  readonly origin: string;
}

/** Release number of a version text (`3.0`, `3.0.0.post1`, `v3.0.0`); null when it is none. */
function releaseOf(version: string): Release | null {
  const match = /^[vV]?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version.trim());
  return match === null ? null : `${Number(match[1])}.${Number(match[2] ?? 0)}.${Number(match[3] ?? 0)}`;
}

/** The catalogued release that stands for a version: itself, else the newest one before it, else the oldest. */
function catalogued(version: Release): { readonly release: Release; readonly note: string } {
  if (releases.includes(version)) return { release: version, note: '' };
  const before = releases.filter((release) => compareReleases(release, version) < 0).at(-1);
  const release = before ?? releases[0] ?? newestRelease;
  if (compareReleases(version, newestRelease) > 0)
    return { release, note: `; ${version} is newer than the catalogue, checked as ${release}` };
  return { release, note: `; ${version} is not catalogued, checked as ${release}` };
}

function bumped(version: string, keep: number): Release {
  const parts = (releaseOf(version) ?? '0.0.0').split('.').map(Number);
  return parts.map((part, i) => (i < keep - 1 ? part : i === keep - 1 ? part + 1 : 0)).join('.');
}

/** Whether a catalogued release satisfies one clause of a specifier (PEP 440, and Poetry's `^`, `~` and bare numbers). */
function satisfiesClause(release: Release, clause: string): boolean {
  const match = /^(===|==|!=|<=|>=|~=|<|>|\^|~|)(.+)$/.exec(clause);
  if (match === null) return true;
  const operator = match[1] ?? '';
  const version = match[2] ?? '';
  if (version === '*') return true;
  const wildcard = version.endsWith('.*');
  const number = wildcard ? version.slice(0, -2) : version;
  const bound = releaseOf(number);
  if (bound === null) return true;
  const parts = number.split('.').length;
  const order = compareReleases(release, bound);
  const inside = (keep: number): boolean => order >= 0 && compareReleases(release, bumped(number, keep)) < 0;
  switch (operator) {
    case '===':
    case '==':
    case '':
      return wildcard ? inside(parts) : order === 0;
    case '!=':
      return wildcard ? !inside(parts) : order !== 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '~=':
      return inside(Math.max(1, parts - 1));
    case '~':
      return inside(Math.min(2, parts));
    default: {
      const firstNonZero = bound.split('.').findIndex((part) => part !== '0');
      return inside(firstNonZero < 0 ? parts : firstNonZero + 1);
    }
  }
}

/** Whether a release satisfies a whole specifier; an empty one is satisfied by everything. */
export function satisfies(release: Release, specifier: string): boolean {
  return specifier
    .split('||')
    .some((alternative) =>
      alternative.split(',').every((clause) => clause.trim() === '' || satisfiesClause(release, clause.trim())),
    );
}

/** The one version a specifier allows, or null. */
export function exactPin(specifier: string): Release | null {
  const match = /^={0,3}\s*([vV]?\d+(?:\.\d+)*(?:\.?(?:post|dev|a|b|rc)\d+)?)$/.exec(specifier.trim());
  return match === null ? null : releaseOf(match[1] ?? '');
}

export interface TargetInput {
  /** What the person chose. */
  readonly explicit?: Release | null;
  /** Where they said so, one phrase. */
  readonly explicitOrigin?: string;
  /** Version found in the project's virtual environment. */
  readonly installed?: Release | null;
}

/** Of documents only a README says what the project runs on. */
const speaks = ({ source }: Requirement, file: string): boolean => source !== 'documentation' || /^readme\b/i.test(file);

/**
 * Explicit choice, else an exact pin, else the lock file, else the version a Dockerfile or script installs, else the installed one, else the newest catalogued release
 * that satisfies the requirement, else the one the README tells to install, else the newest.
 */
export function resolveTarget(documents: Iterable<SourceDocument>, input: TargetInput = {}): Target {
  const chosen = (version: Release, origin: string): Target => {
    const { release, note } = catalogued(version);
    return { release, origin: origin + note };
  };
  const explicit = input.explicit ? releaseOf(input.explicit) : null;
  if (explicit !== null) return chosen(explicit, input.explicitOrigin ?? 'chosen');

  const found: { readonly requirement: Requirement; readonly file: string; readonly uri: string }[] = [];
  for (const document of documents) {
    for (const requirement of document.requirements) {
      if (normalizeDistribution(requirement.distribution) !== 'jarviscore-framework') continue;
      found.push({ requirement, file: document.name, uri: document.uri });
    }
  }
  // The outermost file speaks for the workspace; equal depths in a stable order.
  const depth = (uri: string): number => uri.split('/').length;
  found.sort((a, b) => depth(a.uri) - depth(b.uri) || (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0));

  const first = (source: Requirement['source']): Target | null => {
    for (const { requirement, file } of found) {
      if (requirement.source !== source || !speaks(requirement, file)) continue;
      const pin = exactPin(requirement.specifier);
      if (pin !== null) return chosen(pin, `${source === 'lock' ? 'locked' : 'pinned'} in ${file}`);
    }
    return null;
  };
  const pinned = first('requirement') ?? first('lock') ?? first('command') ?? first('installed');
  if (pinned !== null) return pinned;

  const installed = input.installed ? releaseOf(input.installed) : null;
  if (installed !== null) return chosen(installed, 'installed in the virtual environment');

  const newestOf = (documented: boolean): Target | null => {
    for (const { requirement, file } of found) {
      if (requirement.specifier === '' || !speaks(requirement, file)) continue;
      if ((requirement.source === 'documentation') !== documented) continue;
      const best = releases.filter((release) => satisfies(release, requirement.specifier)).at(-1);
      if (best !== undefined) return { release: best, origin: `newest that satisfies "${requirement.specifier}" in ${file}` };
    }
    return null;
  };
  const satisfying = newestOf(false);
  if (satisfying !== null) return satisfying;

  // A README that names several releases tells of upgrades, and other documents tell history.
  const readme = found.filter(({ requirement, file }) => requirement.source === 'documentation' && speaks(requirement, file));
  if (new Set(readme.map(({ requirement }) => requirement.specifier).filter((text) => text !== '')).size === 1) {
    const named = first('documentation') ?? newestOf(true);
    if (named !== null) return named;
  }
  return { release: newestRelease, origin: 'newest catalogued' };
}
