/** Values that look configured and are not: the release parses the name, but the running code obeys another source or none. */

import { compareReleases, type Release, type Setting } from '#schemas/settings/catalogue.ts';
import { Latest } from '../../model/latest.ts';
import { meshDict } from '../../model/meshDicts.ts';
import { dotenvFilesOf } from '../../model/process.ts';
import type { Assignment, SourceDocument, Value } from '../../model/types.ts';
import type { Range } from '../../text/position.ts';
import { fix, insertMeshKey, removeAssignment } from '../fixes.ts';
import { notableNames, writtenNames, writtenValue } from '../names/environmentNames.ts';
import { readersOf } from '../names/sharedFiles.ts';
import { ownAssignments } from '../ownAssignments.ts';
import type { ProcessView } from '../processView.ts';
import { pythonLiteral } from '../pythonLiteral.ts';
import { documentRule, eachDocumentRule, type Rule, type WorkspaceContext } from '../rule.ts';
import { dictKeyIn, displayName, effectKind, settingOfMeshKey } from '../settingIndex.ts';
import { equalsDefault } from '../values/defaults.ts';
import { readBool } from '../values/pydantic.ts';

/** Copied into the mesh after the kernels are built (mesh.py:447-456 after agent.setup()), so they have a rule of their own. */
export const lateKernelBudgets = new Set([
  'KERNEL_MAX_TOTAL_TOKENS',
  'KERNEL_THINKING_BUDGET',
  'KERNEL_ACTION_BUDGET',
  'KERNEL_WALL_CLOCK_MS',
]);

/** Whether a Mesh dict passes the key; a dict with unknown parts may. */
function passesKey(view: ProcessView, key: string): boolean {
  const { declaration } = view.process;
  if (declaration.open) return true;
  return view.document !== undefined && meshDict(view.document, declaration.id).some((entry) => entry.name === key);
}

/** Declared with one default, while the code that looks at the dict has another or none. */
const otherDictDefault = new Set(['CODING_MODEL', 'AUTH_MODE', 'NEXUS_RETURN_URL']);

/**
 * Whether the value is what the code does without the dict key anyway. Of P2P_ENABLED in 1.0 that is `false`, whatever
 * Settings declares, unless a mode of the program says otherwise (mesh.py:261 of 1.0.2).
 */
function saysWhatRuns({ setting, value, candidates }: DictOnly, release: Release): boolean {
  const name = setting.envName ?? '';
  if (name === 'P2P_ENABLED')
    return (
      value?.kind === 'text' &&
      readBool(value.text) === false &&
      candidates.every(({ process }) => process.ports.p2pEnabled === false)
    );
  return !otherDictDefault.has(name) && !lateKernelBudgets.has(name) && equalsDefault(value, setting, release);
}

interface DictOnly {
  readonly document: SourceDocument;
  readonly range: Range;
  /** Null for a commented line of a template. */
  readonly assignment: Assignment | null;
  readonly value: Value | null;
  readonly setting: Setting;
  readonly meshKey: string;
  /** Processes that read the file and whose dict could carry the key. */
  readonly candidates: readonly ProcessView[];
}

/** The constructions whose Mesh dict a document's variables accompany: those that read it, and those its units start. */
function dictReaders(document: SourceDocument, { processes }: WorkspaceContext): readonly ProcessView[] {
  const readers = new Set<ProcessView>();
  const units = document.deployment === undefined ? [] : processes.filter((view) => view.process.uri === document.uri);
  for (const view of [...readersOf(document, processes), ...units]) {
    const { program } = view.process;
    if (view.document?.kind === 'python') readers.add(view);
    else if (program !== null) {
      const started = processes.find(
        ({ process }) => process.uri === program.uri && process.declaration.id === program.declaration.id,
      );
      if (started !== undefined) readers.add(started);
    }
  }
  return [...readers];
}

/** The keys all Mesh dicts of the workspace pass; null where some dict has unknown parts. */
function passedKeys({ processes }: WorkspaceContext): ReadonlySet<string> | null {
  let keys = keptKeys.get(processes);
  if (keys === undefined) {
    keys = keysOf(processes);
    keptKeys.set(processes, keys);
  }
  return keys;
}
function keysOf(processes: readonly ProcessView[]): ReadonlySet<string> | null {
  const keys = new Set<string>();
  for (const { document, process } of processes) {
    if (document?.kind !== 'python') continue;
    if (process.declaration.open) return null;
    for (const { name } of meshDict(document, process.declaration.id)) keys.add(name);
  }
  return keys;
}
const keptKeys = new Latest<readonly ProcessView[], ReadonlySet<string> | null>();

/** What `dictOnlyValues` looks at besides the document. */
function dictInputs(document: SourceDocument, context: WorkspaceContext): readonly unknown[] {
  const readers = dictReaders(document, context);
  if (readers.length > 0) return readers;
  const keys = passedKeys(context);
  if (keys === null) return anyKey;
  let sorted = keptSorted.get(keys);
  if (sorted === undefined) {
    sorted = [...keys].sort();
    keptSorted.set(keys, sorted);
  }
  return sorted;
}
const anyKey: readonly unknown[] = ['*'];
const keptSorted = new Latest<ReadonlySet<string>, readonly string[]>();

function sharedDictInputs(context: WorkspaceContext): readonly unknown[] {
  const keys = passedKeys(context);
  return [keys === null ? null : [...keys].sort().join('\n')];
}

/** Environment values that only a Mesh dict could bring to the code, and no dict carries the key. */
function* dictOnlyValues(
  document: SourceDocument,
  context: WorkspaceContext,
  wanted: (setting: Setting) => boolean,
): Generator<DictOnly> {
  const candidates = dictReaders(document, context);
  const passed = candidates.length > 0 ? undefined : passedKeys(context);
  for (const written of notableNames(document)) {
    const { setting, assignment, range } = written;
    if (setting === undefined || setting.meshKey === null || !wanted(setting)) continue;
    if (assignment?.value.kind === 'absent') continue;
    const key = setting.meshKey;
    if (passed === null || passed?.has(key) === true || candidates.some((view) => passesKey(view, key))) continue;
    yield { document, range, assignment, value: writtenValue(document, written), setting, meshKey: key, candidates };
  }
}

/** One fix per process that could carry the key. */
function insertFixes({ candidates, meshKey, assignment }: DictOnly): ReturnType<typeof fix> {
  const literal = assignment === null ? null : pythonLiteral(assignment);
  if (literal === null) return [];
  return candidates.flatMap((view) =>
    fix(`Add "${meshKey}": ${literal} to the Mesh dict of ${view.name}`, false, insertMeshKey(view.process, meshKey, literal)),
  );
}

/** Whether the program loads the file into its environment; without a name `load_dotenv()` takes `.env`. */
const loads = (view: ProcessView, document: SourceDocument): boolean =>
  view.document?.marks.some(
    ({ name, value }) =>
      name === 'load_dotenv' &&
      (value === null || document.name === (value === '' ? '.env' : value.slice(value.lastIndexOf('/') + 1))),
  ) ?? false;

/** Whether the program loads any file into its environment. */
const loadsSome = (view: ProcessView): boolean => view.document?.marks.some(({ name }) => name === 'load_dotenv') ?? false;

/** Whether a file is read by supervisors alone (systemd, compose), which put it into the process environment. */
export function onlySupervised(document: SourceDocument, readers: readonly ProcessView[]): boolean {
  return readers.length > 0 && !readers.some((view) => dotenvFilesOf(view.process).includes(document.uri));
}

const keptJoins = new Latest<readonly ProcessView[], boolean>();

/** Whether any program calls `join_mesh()`. */
function anyJoins(processes: readonly ProcessView[]): boolean {
  let joins = keptJoins.get(processes);
  if (joins === undefined) {
    joins = processes.some((view) => view.process.declaration.kind === 'join-mesh');
    keptJoins.set(processes, joins);
  }
  return joins;
}

/** Whether a program that may read the file loads it: one of its readers, or any where nobody is known to read it. */
function isLoaded(document: SourceDocument, processes: readonly ProcessView[]): boolean {
  const readers = readersOf(document, processes);
  return (readers.length > 0 ? readers : loaders(processes)).some((view) => loads(view, document));
}

/** The programs that load any file into their environment; every file nobody is known to read asks for them. */
function loaders(processes: readonly ProcessView[]): readonly ProcessView[] {
  let found = keptLoaders.get(processes);
  if (found === undefined) {
    found = processes.filter(loadsSome);
    keptLoaders.set(processes, found);
  }
  return found;
}
const keptLoaders = new Latest<readonly ProcessView[], readonly ProcessView[]>();

export const unreadRules: readonly Rule[] = [
  eachDocumentRule(
    'env-needs-mesh-config',
    { own: dictInputs, shared: sharedDictInputs },
    (document, context, report) => {
      const { target, production } = context;
      const wanted = (setting: Setting): boolean =>
        effectKind(setting, target) === 'mesh-config-only' &&
        !(lateKernelBudgets.has(setting.envName ?? '') && compareReleases(target, '1.5.0') >= 0);
      for (const found of dictOnlyValues(document, context, wanted)) {
        if (saysWhatRuns(found, target)) continue;
        const name = displayName(found.setting);
        report({
          at: { uri: found.document.uri, range: found.range },
          setting: name,
          ...(production ? { severity: 'warning' } : {}),
          message: `JarvisCore ${target} parses ${name} but does not apply it from the environment; only Mesh(config={"${found.meshKey}": ...}) works.`,
          related: found.candidates.map((view) => ({
            ...view.place,
            message: `The dict of ${view.label} lacks "${found.meshKey}"`,
          })),
          fixes: insertFixes(found),
        });
      }
    },
    'checked',
  ),

  eachDocumentRule('kernel-budget-env-too-late', { own: dictInputs, shared: sharedDictInputs }, (document, context, report) => {
    const { target } = context;
    for (const found of dictOnlyValues(document, context, (s) => lateKernelBudgets.has(s.envName ?? ''))) {
      report({
        at: { uri: found.document.uri, range: found.range },
        setting: displayName(found.setting),
        message: `JarvisCore ${target} copies ${displayName(found.setting)} into the mesh after the kernels are built; the role profile stays in force. Put "${found.meshKey}" into Mesh(config={...}).`,
        related: found.candidates.map((view) => ({
          ...view.place,
          message: `The dict of ${view.label} lacks "${found.meshKey}"`,
        })),
        fixes: insertFixes(found),
      });
    }
  }),

  documentRule('setting-unread', ({ document, target, at }, report) => {
    const tell = (setting: Setting, range: Parameters<typeof at>[0], written: string): void => {
      const instead = setting.useInstead === undefined ? '' : ` Use instead: ${setting.useInstead}.`;
      report({
        at: at(range),
        setting: displayName(setting),
        message: `JarvisCore ${target} parses ${written} and never applies it: the value has no effect.${instead}`,
      });
    };
    for (const written of writtenNames(document)) {
      const { name, range, setting, assignment } = written;
      if (setting === undefined || (setting.status !== 'active' && setting.status !== 'deprecated')) continue;
      if (effectKind(setting, target) !== 'none') continue;
      if (assignment?.value.kind === 'absent' || equalsDefault(writtenValue(document, written), setting, target)) continue;
      tell(setting, range, name);
    }
    if (document.kind !== 'python') return;
    for (const assignment of ownAssignments(document)) {
      const setting = assignment.layer === 'mesh' ? settingOfMeshKey(assignment.name) : undefined;
      if (setting === undefined || setting.status !== 'active' || effectKind(setting, target) !== 'none') continue;
      if (!equalsDefault(assignment.value, setting, target)) tell(setting, assignment.nameRange, `"${assignment.name}"`);
    }
  }),

  eachDocumentRule(
    'process-env-only-var',
    {
      own: (document, { processes }) => {
        if (document.kind !== 'dotenv' || document.template) return [];
        return [isLoaded(document, processes), anyJoins(processes), onlySupervised(document, readersOf(document, processes))];
      },
      shared: ({ processes }) => [anyJoins(processes), ...loaders(processes)],
    },
    (document, { processes, target }, report) => {
      const exports = compareReleases(target, '2.2.0') >= 0;
      if (document.kind !== 'dotenv' || document.template) return;
      if (onlySupervised(document, readersOf(document, processes)) || isLoaded(document, processes)) return;
      const joins = anyJoins(processes);
      const disabled = ownAssignments(document).some(
        (a) => a.name === 'PYTHON_DOTENV_DISABLED' && a.value.kind === 'text' && readBool(a.value.text) === true,
      );
      for (const { setting, assignment, range, name } of notableNames(document)) {
        if (setting === undefined || assignment === null || assignment.value.kind === 'absent') continue;
        const kind = effectKind(setting, target);
        // From 2.2.0 on Mesh.start() exports the file (mesh.py:359-361); Agent.join_mesh() loads none in any release.
        const unreached = exports ? disabled || (joins && setting.envName === 'JARVISCORE_MESH_ENDPOINT') : true;
        if ((kind !== 'process-env' && kind !== 'import-time') || !unreached || setting.envName?.startsWith('SWIM_') === true)
          continue;
        if (setting.envName === 'NEXUS_SECRET' && !exports) continue;
        if (equalsDefault(assignment.value, setting, target)) continue;
        report({
          at: { uri: document.uri, range },
          setting: displayName(setting),
          ...(exports ? { severity: 'info' } : {}),
          message: exports
            ? `${name} is read from the process environment; this line reaches it only if something exports ${document.name}${disabled ? ' (PYTHON_DOTENV_DISABLED is on)' : ' before join_mesh() runs'}.`
            : `JarvisCore ${target} reads ${name} from the process environment only; a line in ${document.name} does not reach it. Call load_dotenv() before importing jarviscore, export it, or upgrade to 2.2.0.`,
        });
      }
    },
  ),

  documentRule('redis-max-step-output-not-passed', ({ document, target, at }, report) => {
    for (const { key, range, assignment } of writtenNames(document)) {
      if (key !== 'REDIS_MAX_STEP_OUTPUT_BYTES' || assignment === null) continue;
      report({
        at: at(range),
        setting: key,
        message: `Mesh of JarvisCore ${target} builds its Redis store from the URL and the retention alone; the limit of 10 MiB stays.`,
      });
    }
  }),

  documentRule('mesh-key-not-read', ({ document, target, at }, report) => {
    for (const assignment of ownAssignments(document)) {
      if (assignment.layer !== 'mesh') continue;
      const setting = settingOfMeshKey(assignment.name);
      if (setting === undefined || effectKind(setting, target) === undefined) continue;
      if (!snapshotReaders.has(assignment.name) && dictKeyIn(setting, target) !== null) continue;
      report({
        at: at(assignment.nameRange),
        setting: assignment.name,
        message: `The code that uses ${displayName(setting)} reads the settings of the environment, not the Mesh dict: "${assignment.name}" is ignored. Set ${displayName(setting)} in the environment.`,
        fixes: fix(`Remove "${assignment.name}"`, false, removeAssignment(document, assignment)),
      });
    }
  }),
];

/** Keys whose readers use a settings object instead of the merged configuration. */
const snapshotReaders = new Set([
  ...['llm_prices', 'control_mode', 'control_policy_path', 'journal_dir', 'journal_capture', 'journal_content_days'],
  ...['nexus_keepalive_seconds', 'approval_assertion_key', 'approval_assertion_keys', 'athena_outbox_max_events'],
  ...['athena_write_max_attempts', 'athena_breaker_threshold', 'athena_breaker_cooldown_seconds', 'athena_deduplicates_writes'],
]);
