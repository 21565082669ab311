/**
 * Requirements on the framework, wherever a project writes them: requirements files, pyproject.toml (PEP 621 and
 * Poetry), lock files. Only the distributions that matter are looked for, so no TOML parser is needed and a broken
 * file still gives its good lines.
 */
import type { Requirement, SourceDocument } from '../model/types.ts';
import { LineIndex } from '../text/lines.ts';
import { normalizeDistribution } from './distributionName.ts';
import { readInstallLines } from './installLines.ts';
import { hasInstallLines } from './prose.ts';
import { readSuppressions } from './suppressions.ts';
import { TomlPlaces } from './tomlPlaces.ts';

const distributions = new Set(['jarviscore-framework', 'jarviscore', 'swim-p2p', 'python-dotenv']);
const word = /[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]/y;
const boundary = /[A-Za-z0-9._/@-]/;

interface Found {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Behind a dot in `[tool.poetry.dependencies.name]` a name is a word of its own. */
function endsHeader(text: string, at: number): boolean {
  return text[at - 1] === '.' && /(?:^|\n)[ \t]*\[{1,2}[\w."' -]*\.$/.test(text.slice(Math.max(0, at - 200), at));
}

/** Occurrences of the distributions as whole words. */
function* occurrences(text: string): Generator<Found> {
  const starts = /jarviscore|swim|python|JarvisCore|Jarviscore/g;
  for (let match = starts.exec(text); match !== null; match = starts.exec(text)) {
    if (match.index > 0 && boundary.test(text[match.index - 1] ?? '') && !endsHeader(text, match.index)) continue;
    word.lastIndex = match.index;
    const name = word.exec(text)?.[0];
    if (name === undefined || !distributions.has(normalizeDistribution(name))) continue;
    starts.lastIndex = match.index + name.length;
    yield { name, from: match.index, to: match.index + name.length };
  }
}

const pipTail = /[ \t]*(?:\[([^\]\r\n]*)\])?[ \t]*(\(?[ \t]*(?:[=<>!~]{1,3}[ \t]*[0-9A-Za-z.*+!_-]+[ \t]*,?[ \t]*)+\)?)?/y;

/** `name[extra] >= 1, < 2`, the PEP 508 form. */
function pipRequirement(
  text: string,
  found: Found,
): { readonly extras: string[]; readonly specifier: string; readonly end: number } {
  pipTail.lastIndex = 0;
  const match = pipTail.exec(text.slice(found.to, found.to + 2000));
  const extras = (match?.[1] ?? '')
    .split(',')
    .map((extra) => extra.trim())
    .filter((extra) => extra !== '');
  const specifier = (match?.[2] ?? '').replace(/[()]/g, '').replace(/\s+/g, '').replace(/,$/, '');
  const whole = match?.[0] ?? '';
  return { extras, specifier, end: found.to + whole.trimEnd().length };
}

/** `name = "^3.0"` and `name = {version = "^3.0", extras = ["p2p"]}`, the Poetry form; null for anything else. */
function poetryRequirement(
  text: string,
  found: Found,
  lineEnd: number,
): { readonly extras: string[]; readonly specifier: string; readonly end: number } | null {
  const rest = text.slice(found.to, lineEnd);
  const plain = /^["']?[ \t]*=[ \t]*["']([^"']*)["']/.exec(rest);
  if (plain !== null) return { extras: [], specifier: (plain[1] ?? '').replace(/\s+/g, ''), end: found.to + plain[0].length };
  const table = /^["']?[ \t]*=[ \t]*\{([^}]*)\}/.exec(rest);
  if (table === null) return alternativesRequirement(text, found);
  const body = table[1] ?? '';
  const version = /version[ \t]*=[ \t]*["']([^"']*)["']/.exec(body)?.[1] ?? '';
  const extras = /extras[ \t]*=[ \t]*\[([^\]]*)\]/.exec(body)?.[1] ?? '';
  return {
    extras: [...extras.matchAll(/["']([^"']+)["']/g)].map((match) => match[1] ?? ''),
    specifier: version.replace(/\s+/g, ''),
    end: found.to + table[0].length,
  };
}

/** Poetry's list of constraints for several Pythons or platforms: known where all name one version. */
function alternativesRequirement(
  text: string,
  found: Found,
): { readonly extras: string[]; readonly specifier: string; readonly end: number } | null {
  const list = /^["']?[ \t]*=[ \t]*\[((?:[^\][]|\[[^\]]*\])*)\]/.exec(text.slice(found.to, found.to + 2000));
  if (list === null) return null;
  const [, body = ''] = list;
  const versions = new Set(
    [...body.matchAll(/version[ \t]*=[ \t]*["']([^"']*)["']/g)].map((match) => (match[1] ?? '').replace(/\s+/g, '')),
  );
  const extras = [...body.matchAll(/extras[ \t]*=[ \t]*\[([^\]]*)\]/g)].flatMap((match) => [
    ...(match[1] ?? '').matchAll(/["']([^"']+)["']/g),
  ]);
  const [only = ''] = versions.size === 1 ? versions : [[...versions].join('||')];
  return { extras: [...new Set(extras.map((match) => match[1] ?? ''))], specifier: only, end: found.to + list[0].length };
}

/** A requirement is never further into its line; a longer line is generated and must not cost time per occurrence. */
const maxBefore = 300;

function lineOf(text: string, lines: LineIndex, at: number): { readonly before: string; readonly end: number } {
  const number = lines.lineAt(at);
  const start = lines.startOf(number);
  let end = lines.startOf(number + 1);
  while (end > at && /[\r\n]/.test(text[end - 1] ?? '')) end--;
  return { before: text.slice(Math.max(start, at - maxBefore), at), end: Math.min(end, at + 2000) };
}

function readLock(text: string, lines: LineIndex): Requirement[] {
  const found: Requirement[] = [];
  for (const { name, from, to } of occurrences(text)) {
    if (!/^name[ \t]*=[ \t]*["']$/.test(lineOf(text, lines, from).before)) continue;
    const version = /^[^[]{0,200}?\bversion[ \t]*=[ \t]*["']([^"'\r\n]+)["']/.exec(text.slice(to, to + 400))?.[1];
    if (version === undefined) continue;
    found.push({ distribution: name, extras: [], specifier: `==${version}`, source: 'lock', range: lines.range(from, to) });
  }
  return found;
}

function readPipfileLock(text: string, lines: LineIndex): Requirement[] {
  const found: Requirement[] = [];
  for (const { name, from, to } of occurrences(text)) {
    const version = /^"\s*:\s*\{[^}]{0,4000}?"version"\s*:\s*"(==[^"]+)"/.exec(text.slice(to, to + 8000))?.[1];
    if (version !== undefined)
      found.push({ distribution: name, extras: [], specifier: version, source: 'lock', range: lines.range(from, to) });
  }
  return found;
}

/** Tables whose keys are distributions (Poetry, Pipenv, Pixi). */
const keyedTable =
  /^(?:|tool\.poetry\.(?:dev-)?dependencies|tool\.poetry\.group\.[^.]+\.dependencies|(?:dev-)?packages|tool\.pixi\.(?:.+\.)?pypi-dependencies)(?:\.[^.]+)?$/;
/** Statements whose texts are requirements: `table key`. */
const listed =
  /^(?:(?:project (?:optional-)?dependencies|tool\.uv (?:dev|constraint|override)-dependencies|tool\.hatch\.envs\.\S+ (?:extra-)?dependencies)(?:\.\S+)?|(?:project\.optional-dependencies|dependency-groups|tool\.pdm\.dev-dependencies) \S+)$/;

/** A table of its own: `[tool.poetry.dependencies.name]` with `version` and `extras` below. */
function tableRequirement(text: string, from: number, to: number): { readonly extras: string[]; readonly specifier: string } {
  const body = text.slice(from, Math.min(to, from + 2000));
  const version = /^[ \t]*version[ \t]*=[ \t]*["']([^"'\r\n]*)["']/m.exec(body)?.[1] ?? '';
  const extras = /^[ \t]*extras[ \t]*=[ \t]*\[([^\]]*)\]/m.exec(body)?.[1] ?? '';
  return {
    extras: [...extras.matchAll(/["']([^"']+)["']/g)].map((match) => match[1] ?? ''),
    specifier: version.replace(/\s+/g, ''),
  };
}

/** The name the project itself has: extras that name it again (`all = ["name[a,b]"]`) are no requirement on another release. */
function ownName(text: string, places: TomlPlaces): string | null {
  for (const match of text.matchAll(/^[ \t]*name[ \t]*=[ \t]*["']([^"'\r\n]*)["']/gm)) {
    const { table } = places.at(match.index);
    if (table === 'project' || table === 'tool.poetry') return normalizeDistribution(match[1] ?? '');
  }
  return null;
}

function readToml(text: string, lines: LineIndex): Requirement[] {
  const places = new TomlPlaces(text);
  const own = ownName(text, places);
  const found: Requirement[] = [];
  for (const occurrence of occurrences(text)) {
    const { name, from, to } = occurrence;
    if (normalizeDistribution(name) === own) continue;
    const { before, end: lineEnd } = lineOf(text, lines, from);
    const place = places.at(from);
    let requirement: { readonly extras: string[]; readonly specifier: string; readonly end?: number } | null = null;
    if (place.key === null) {
      if (keyedTable.test(place.table) && /\.["']?$/.test(before))
        requirement = tableRequirement(text, lineEnd, places.endOfTable(from, text.length));
    } else if (from < place.valueFrom) {
      if (keyedTable.test(place.table) && /^\s*["']?$/.test(before)) requirement = poetryRequirement(text, occurrence, lineEnd);
    } else if (listed.test(`${place.table} ${place.key}`) && /(?:^|[[,{=\s])["']$/.test(before) && !commented(before)) {
      requirement = pipRequirement(text, occurrence);
    }
    if (requirement === null) continue;
    const { extras, specifier, end } = requirement;
    found.push({
      distribution: name,
      extras,
      specifier,
      source: 'requirement',
      range: lines.range(from, Math.max(end ?? to, to)),
    });
  }
  return found;
}

/** Whether a `#` outside of quotes stands before. */
function commented(before: string): boolean {
  return /(?:^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, ''));
}

/** The version in the name of a wheel or source archive: `name @ https://host/name-3.0.0-py3-none-any.whl`. */
function archiveVersion(rest: string): string {
  const version = /^[^#;\r\n]*\/[A-Za-z0-9_.]+-(\d+(?:\.\d+)+)(?:-[^/\s]*\.whl|\.tar\.gz|\.zip)/.exec(rest)?.[1];
  return version === undefined ? '' : `==${version}`;
}

function readLines(text: string, lines: LineIndex): Requirement[] {
  const found: Requirement[] = [];
  for (const occurrence of occurrences(text)) {
    const { before, end: lineEnd } = lineOf(text, lines, occurrence.from);
    if (commented(before)) continue;
    if (before.trim() !== '' && !/^["']?$/.test(before.trim())) continue;
    const { extras, specifier, end } = pipRequirement(text, occurrence);
    const rest = text.slice(end, lineEnd);
    found.push({
      distribution: occurrence.name,
      extras,
      specifier: specifier === '' && /^[ \t]*@/.test(rest) ? archiveVersion(rest) : specifier,
      source: 'requirement',
      range: lines.range(occurrence.from, Math.max(end, occurrence.to)),
    });
  }
  return found;
}

/** `requires-python` (PEP 621), `python_requires` (setup.cfg), `python_version` (Pipfile), `python` (Poetry). */
const pythonVersion =
  /^[ \t]*(?:(?:requires-python|python_requires|python_version|python_full_version)[ \t]*=[ \t]*["']?([^"'#\r\n]{1,80})|python[ \t]*=[ \t]*["']([^"'\r\n]{1,80}))/gm;

function pythonVersions(text: string, lines: LineIndex): SourceDocument['marks'] {
  return [...text.matchAll(pythonVersion)].map((match) => {
    const value = (match[1] ?? match[2] ?? '').trim();
    const from = match.index + match[0].indexOf(value, match[0].indexOf('=') + 1);
    return { name: 'requires-python', range: lines.range(from, from + value.length), value };
  });
}

/** Reads one requirements, project or lock file, or a document or CI file with install lines. Mark: `requires-python` (value: the specifier). */
export function readRequirements(uri: string, name: string, text: string, template = false): SourceDocument {
  const lines = new LineIndex(text);
  const file = name.toLowerCase();
  const installs = hasInstallLines(uri, name);
  const requirements = installs
    ? readInstallLines(name, text, lines)
    : file === 'pipfile.lock'
      ? readPipfileLock(text, lines)
      : file.endsWith('.lock')
        ? readLock(text, lines)
        : file.endsWith('.toml') || file === 'pipfile'
          ? readToml(text, lines)
          : readLines(text, lines);
  return {
    uri,
    name,
    kind: 'requirements',
    template,
    assignments: [],
    processes: [],
    problems: [],
    suppressions: readSuppressions({ text, lines, kind: 'requirements', name }),
    requirements,
    marks: installs || file.endsWith('.lock') ? [] : pythonVersions(text, lines),
  };
}
