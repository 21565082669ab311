/** Requirements: the right distribution, a version that exists, the extras the settings need. */

import { compareReleases, inRange, type Release, releaseFacts, releasesMissingOnIndex } from '#schemas/settings/catalogue.ts';
import { satisfies } from '../model/target.ts';
import type { Requirement, SourceDocument } from '../model/types.ts';
import type { Range } from '../text/position.ts';
import { fix } from './fixes.ts';
import { ownAssignments } from './ownAssignments.ts';
import type { ProcessView } from './processView.ts';
import { documentRule, type Place, type Rule, workspaceRule } from './rule.ts';

const isFramework = (requirement: Requirement): boolean =>
  requirement.distribution.toLowerCase().replaceAll('_', '-') === 'jarviscore-framework';
const isOther = (requirement: Requirement): boolean => requirement.distribution.toLowerCase() === 'jarviscore';

/** The version of an exact pin, or null. */
function pinned({ specifier }: Requirement): string | null {
  return /^={2,3}v?(\d+(?:\.\d+)*)$/.exec(specifier)?.[1] ?? null;
}

/** The requirement with another extra, written like `name[a,b]==1.0`. */
function withExtra(requirement: Requirement, extra: string): string {
  return `${requirement.distribution}[${[...requirement.extras, extra].toSorted().join(',')}]${requirement.specifier}`;
}

/**
 * The requirement on the framework that was meant. A version of the other project says nothing about the framework, and
 * one that the files are not checked against would turn every other finding round. Up to 1.0.2 P2P needed no extra.
 */
function frameworkInstead(requirement: Requirement, target: Release): string {
  const { specifier } = requirement;
  const from = pinned(requirement);
  const brought =
    from !== null && compareReleases(from, '1.1.0') < 0 && releaseFacts.get(target)?.extras.includes('p2p') === true;
  const extras = [...new Set([...requirement.extras, ...(brought && !requirement.extras.includes('all') ? ['p2p'] : [])])];
  const version = satisfies(target, specifier) ? specifier : `==${target}`;
  return `jarviscore-framework${extras.length === 0 ? '' : `[${extras.toSorted().join(',')}]`}${version}`;
}

const written = ({ distribution, extras, specifier }: Requirement): string =>
  `${distribution}${extras.length === 0 ? '' : `[${extras.join(',')}]`}${specifier}`;

/**
 * Whether the place of a requirement holds it as a whole, so that it can be rewritten there: lines of requirements files,
 * strings of a list in TOML. Tables (`{ version = "..." }`) and lock files have forms of their own.
 */
function isPlain(document: SourceDocument, requirement: Requirement): boolean {
  const { start, end } = requirement.range;
  if (/\.(txt|in)$/i.test(document.name)) return true;
  return start.line === end.line && end.character - start.character === written(requirement).length;
}

/** `pip install` and its like: the word is the requirement and nothing else. */
const isCommand = ({ source }: Requirement): boolean => source === 'command' || source === 'documentation';

/** What a README says, a person runs or leaves; a build runs its own lines. */
const proseSeverity = ({ source }: Requirement) => (source === 'documentation' ? { severity: 'warning' as const } : {});

/** An extra the settings of a process need, and the setting that shows it. */
const needs: readonly (readonly [extra: string, needed: (process: ProcessView) => string | null])[] = [
  [
    'p2p',
    (p) =>
      p.bool('P2P_ENABLED') === true && p.written('P2P_ENABLED') !== undefined
        ? 'P2P_ENABLED'
        : p.process.ports.p2pEnabled !== false && p.written('JARVISCORE_BIND_PORT') !== undefined
          ? 'JARVISCORE_BIND_PORT'
          : null,
  ],
  ['redis', (p) => p.firstSet('REDIS_URL', 'REDIS_STORE_URL')],
  ['prometheus', (p) => (p.bool('PROMETHEUS_ENABLED') === true ? 'PROMETHEUS_ENABLED' : null)],
  ['azure', (p) => (p.text('STORAGE_BACKEND') === 'azure' ? 'STORAGE_BACKEND' : null)],
  ['browser', (p) => p.firstSet('BROWSER_MODEL', 'BROWSER_PROFILE_DIR')],
  ['rag', (p) => p.firstSet('RAG_INDEX_PATH', 'RAG_EMBED_MODEL', 'RAG_CHUNK_SIZE')],
  ['typesafe', (p) => (p.text('KERNEL_ROUTER_PROVIDER') === 'typesafe' ? 'KERNEL_ROUTER_PROVIDER' : null)],
];

/** The requirement on the framework that a person wrote, with its document. */
export function frameworkRequirement(
  documents: Iterable<SourceDocument>,
): { readonly document: SourceDocument; readonly requirement: Requirement } | null {
  for (const document of documents) {
    if (document.requirements.length === 0) continue;
    const requirement = document.requirements.find((candidate) => isFramework(candidate) && candidate.source === 'requirement');
    if (requirement !== undefined) return { document, requirement };
  }
  return null;
}

/** Oldest Python the releases of the catalogue run on (`requires_python`, the same from 1.0.0 to 3.0.0). */
const oldestPython = 10;

/** The minor version of the oldest Python 3 a specifier such as `>=3.9,<4`, `^3.9` or `3.9` lets in; null where it names none. */
function lowestPython(specifier: string): number | null {
  const bounds = [...specifier.matchAll(/(?:^|[,|\s])(?:(?:>=?|\^|~=?|={2,3})\s*)?3\.(\d{1,2})/g)];
  const minors = bounds.map((bound) => Number(bound[1]));
  return minors.length === 0 ? null : Math.min(...minors);
}

/** The Python versions a document asks for: `requires-python`, or the official image a Dockerfile builds on. */
function pythonsOf(document: SourceDocument): readonly { readonly range: Range; readonly specifier: string }[] {
  const images = document.kind === 'dockerfile' ? (document.deployment?.units ?? []) : [];
  return [
    ...document.marks.flatMap(({ name, range, value }) =>
      name === 'requires-python' && value !== null ? [{ range, specifier: value }] : [],
    ),
    ...images.flatMap(({ image }) => {
      const version = /^(?:docker\.io\/)?(?:library\/)?python:(3\.\d+)/.exec(image?.text ?? '')?.[1];
      return image === null || version === undefined ? [] : [{ range: image.range, specifier: version }];
    }),
  ];
}

/** The release a requirement begins at: its pin or its lower bound. */
function lowestRelease({ specifier }: Requirement): string | null {
  return /(?:^|,)(?:={2,3}|>=|~=|\^)v?(\d+\.\d+\.\d+)/.exec(specifier)?.[1] ?? null;
}

/** What changes for a project that is raised to a release or beyond it (section 17 of the catalogue's rules). */
const crossings: readonly (readonly [release: string, change: string])[] = [
  ['1.1.0', 'mode= is ignored, P2P is on by default, and swim-p2p comes with the extra "p2p"'],
  ['1.5.0', 'remote peers work through Mesh, and KERNEL_MAX_TURNS and WORKFLOW_STEP_TIMEOUT are read from the environment'],
  ['1.10.0', 'NEXUS_GATEWAY_URL alone switches authentication on'],
  ['1.11.0', 'the thresholds for human approval have no effect any more'],
  ['1.12.0', 'AZURE_API_VERSION defaults to 2024-10-21'],
  ['1.13.0', 'STEP_OUTPUT_* give way to REDIS_MAX_STEP_OUTPUT_BYTES'],
  ['2.0.0', 'code that a model wrote needs confinement'],
  ['2.2.0', '.env is exported to the process, data moves below .jarviscore/, and agents need requires_auth'],
  ['2.3.0', 'the gateway has an API key, and secrets of the stack leave .env'],
  ['3.0.0', 'journal and report mode are on by default, and an unknown control mode means strict'],
];

/** The first lock file's release. */
function lockedFramework(
  documents: Iterable<SourceDocument>,
): { readonly document: SourceDocument; readonly requirement: Requirement } | null {
  for (const document of documents) {
    if (document.requirements.length === 0) continue;
    const requirement = document.requirements.find((one) => one.source === 'lock' && isFramework(one));
    if (requirement !== undefined) return { document, requirement };
  }
  return null;
}

export const packagingRules: readonly Rule[] = [
  workspaceRule('upgrade-crossing', ({ model }, report) => {
    const locked = lockedFramework(model.documents.values());
    const from = locked === null ? null : pinned(locked.requirement);
    if (locked === null || from === null) return;
    for (const document of model.documents.values()) {
      for (const requirement of document.requirements) {
        const to = requirement.source === 'requirement' && isFramework(requirement) ? lowestRelease(requirement) : null;
        if (to === null) continue;
        const crossed = crossings.filter(([at]) => compareReleases(from, at) < 0 && compareReleases(at, to) <= 0);
        if (crossed.length === 0) continue;
        report({
          at: { uri: document.uri, range: requirement.range },
          message: `From ${from} to ${to}: ${crossed.map(([at, change]) => `${at}: ${change}`).join('; ')}.`,
          related: [{ uri: locked.document.uri, range: locked.requirement.range, message: `Locked at ${from}` }],
        });
      }
    }
  }),

  documentRule('python-too-old', ({ document, target, at }, report) => {
    if (!document.requirements.some(isFramework)) return;
    for (const { range, specifier } of pythonsOf(document)) {
      const lowest = lowestPython(specifier);
      if (lowest === null) continue;
      // cli/atom.py of these releases has f-strings that only 3.12 can compile.
      const atom = lowest < 12 && inRange(target, '1.1.0', '1.5.1');
      if (lowest >= oldestPython && !atom) continue;
      report({
        at: at(range),
        ...(lowest >= oldestPython ? { severity: 'info' } : {}),
        message:
          lowest < oldestPython
            ? `Python 3.${lowest} is allowed here, and jarviscore-framework ${target} needs 3.${oldestPython} or newer.`
            : `"jarviscore atom" of ${target} does not compile before Python 3.12; everything else runs on 3.${lowest}.`,
      });
    }
  }),

  documentRule('install-name', ({ document, target, at }, report) => {
    for (const requirement of document.requirements) {
      if (!isOther(requirement)) continue;
      const version = pinned(requirement);
      const nothing = version !== null && /^[1-9]/.test(version);
      const framework = frameworkInstead(requirement, target);
      report({
        at: at(requirement.range),
        ...proseSeverity(requirement),
        message: nothing
          ? `The package index knows no jarviscore ${version}: "jarviscore" there is a Twitch chat bot library. The framework is jarviscore-framework.`
          : '"jarviscore" on the package index is a Twitch chat bot library that owns the same module folder; the framework is jarviscore-framework.',
        fixes:
          isPlain(document, requirement) || isCommand(requirement)
            ? fix(`Write ${framework}`, false, { uri: document.uri, range: requirement.range, newText: framework })
            : [],
      });
    }
  }),

  documentRule('yanked-version', ({ document, at }, report) => {
    for (const requirement of document.requirements) {
      const version = pinned(requirement);
      if (!isFramework(requirement) || version === null || !releasesMissingOnIndex.includes(version)) continue;
      const next = [...releaseFacts.keys()]
        .filter((release) => compareReleases(release, version) > 0)
        .toSorted(compareReleases)[0];
      report({
        at: at(requirement.range),
        ...proseSeverity(requirement),
        message: `jarviscore-framework ${version} is not offered on the package index; the next one is ${next ?? 'newer'}.`,
        fixes:
          next === undefined || !(isPlain(document, requirement) || isCommand(requirement))
            ? []
            : fix(`Pin ${next}`, false, {
                uri: document.uri,
                range: requirement.range,
                newText: `${requirement.distribution}${requirement.extras.length === 0 ? '' : `[${requirement.extras.join(',')}]`}==${next}`,
              }),
      });
    }
  }),

  documentRule(
    'install-both',
    ({ document, at }, report) => {
      // A document shows commands for readers of all kinds; nobody runs them together.
      const together = document.requirements.filter(({ source }) => source !== 'documentation');
      const other = together.find(isOther);
      const framework = together.find(isFramework);
      if (other === undefined || framework === undefined) return;
      report({
        at: at(other.range),
        message:
          'jarviscore and jarviscore-framework both own the module folder jarviscore/; the one installed last overwrites files of the other.',
        related: [{ uri: document.uri, range: framework.range, message: 'The framework' }],
      });
    },
    'exempt',
  ),

  workspaceRule('extra-missing', ({ model, processes, target }, report) => {
    const found = frameworkRequirement(model.documents.values());
    const offered = releaseFacts.get(target)?.extras ?? [];
    if (found === null) return;
    const { document, requirement } = found;
    if (requirement.extras.some((extra) => extra === 'all' || extra === 'full')) return;
    for (const [extra, needed] of needs) {
      if (requirement.extras.includes(extra) || !offered.includes(extra)) continue;
      const process = processes.find((candidate) => needed(candidate) !== null);
      const setting = process === undefined ? null : needed(process);
      if (process === undefined || setting === null) continue;
      const at: Place = { uri: document.uri, range: requirement.range };
      report({
        at,
        setting,
        message: `${setting} needs the extra "${extra}", which the requirement lacks.`,
        related: process.relatedTo(setting, setting),
        fixes: isPlain(document, requirement)
          ? fix(`Add the extra ${extra}`, false, {
              uri: document.uri,
              range: requirement.range,
              newText: withExtra(requirement, extra),
            })
          : [],
      });
      // One finding per place: the fix of the first extra brings the next one up.
      return;
    }
  }),

  workspaceRule('prefixed-var-with-old-pin', ({ model }, report) => {
    const found = frameworkRequirement(model.documents.values());
    const version = found === null ? null : pinned(found.requirement);
    if (found === null || version === null || compareReleases(version, '0.3.2') > 0) return;
    for (const document of model.documents.values()) {
      for (const assignment of document.kind === 'dotenv' ? ownAssignments(document) : []) {
        if (!/^JARVISCORE_(BIND_HOST|BIND_PORT|NODE_NAME|SEED_NODES)$/i.test(assignment.name)) continue;
        const bare = assignment.name.replace(/^JARVISCORE_/i, '');
        report({
          at: { uri: document.uri, range: assignment.nameRange },
          setting: assignment.name.toUpperCase(),
          message: `jarviscore-framework ${version} reads ${bare}; the prefix came with 0.4.0. Raise the pin, or drop the prefix.`,
          related: [{ uri: found.document.uri, range: found.requirement.range, message: `Pinned to ${version}` }],
        });
      }
    }
  }),

  workspaceRule('prod-prometheus-extra', ({ model, processes, target }, report) => {
    const found = frameworkRequirement(model.documents.values());
    if (found === null || !(releaseFacts.get(target)?.extras ?? []).includes('prometheus')) return;
    const { document, requirement } = found;
    if (requirement.extras.some((extra) => ['prometheus', 'all', 'full'].includes(extra))) return;
    const process = processes.find((candidate) => candidate.bool('PROMETHEUS_ENABLED') === true);
    if (process === undefined) return;
    report({
      at: { uri: document.uri, range: requirement.range },
      setting: 'PROMETHEUS_ENABLED',
      message:
        'PROMETHEUS_ENABLED is on, but the requirement lacks the extra "prometheus": only a warning is logged and nothing is served.',
      related: process.relatedTo('PROMETHEUS_ENABLED', 'PROMETHEUS_ENABLED'),
      fixes: isPlain(document, requirement)
        ? fix('Add the extra prometheus', false, {
            uri: document.uri,
            range: requirement.range,
            newText: withExtra(requirement, 'prometheus'),
          })
        : [],
    });
  }),
];
