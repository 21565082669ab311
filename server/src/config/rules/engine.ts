/**
 * Runs the rules over a model. Results are split by what has to be read again when something changes (document, process,
 * fleet, workspace), so that a caller may keep the parts that did not change; `settle` joins the parts into findings.
 */
import { inRange, type Release } from '#schemas/settings/catalogue.ts';
import { type RuleMetadata, ruleInventory, type Severity } from '#schemas/settings/ruleInventory.ts';
import type { RuleSeverities } from '../model/project.ts';
import type { DeclaredProcess, Finding, Related, SourceDocument, WorkspaceModel } from '../model/types.ts';
import { comparePositions, type Range } from '../text/position.ts';
import { fileRules } from './fileRules.ts';
import { type Fleet, fleetsOf } from './fleets.ts';
import { ProcessView, valuePlace } from './processView.ts';
import { rules } from './registry.ts';
import type { DocumentContext, Report, Reporter, Rule, Run } from './rule.ts';
import { sameFindings } from './sameFindings.ts';
import { dropSuperseded, Suppressions, unusedSuppressionRule } from './suppression.ts';

export interface CheckOptions {
  /** Rule id -> severity, or `off`; from the person's settings. */
  readonly severities?: RuleSeverities;
  /** The same by document, where files differ in it; wins over `severities`. */
  readonly severitiesOf?: (uri: string) => RuleSeverities;
  /** Whether all that belongs to a file was read; false: only findings about the file itself are certain. */
  readonly isWhole?: (uri: string) => boolean;
  /** Overrides the model's profile. */
  readonly profile?: 'development' | 'production';
}

/** Ids of the rules this engine runs; the others of the inventory are not decided here. */
export const implementedRules: ReadonlySet<string> = new Set(rules.map((rule) => rule.id));

/** Those, the one that is decided when all findings are known, and those about files that cannot be read. */
export const reportedRules: ReadonlySet<string> = new Set([...implementedRules, unusedSuppressionRule, ...fileRules]);

/** A finding before suppression and supersession. */
export type RawFinding = Finding;

function metadataOf(id: string): RuleMetadata {
  const metadata = ruleInventory.get(id);
  if (metadata === undefined) throw new Error(`Rule "${id}" is not in the inventory (schemas/settings/rules.json).`);
  return metadata;
}

const metadata = new Map(rules.map((rule) => [rule.id, metadataOf(rule.id)]));

/** Whether the inventory says the rule is true for a release. */
export function appliesTo(rule: RuleMetadata, release: Release): boolean {
  const ranges = Array.isArray(rule.releases) ? rule.releases : [rule.releases];
  return ranges.some(({ from, to }) => inRange(release, from, to));
}

/** Whether this engine runs the rule at all for a release and a file. */
function runsIn(id: string, release: Release, production: boolean): boolean {
  const rule = metadata.get(id);
  return rule !== undefined && appliesTo(rule, release) && (production || rule.profile === 'any');
}

/** `.env.production`, `prod.env`: files that say by their name that they are for production. */
export function isProductionName(name: string): boolean {
  return /(^|[._-])prod(uction)?([._-]|$)/i.test(name);
}

function runOf(model: WorkspaceModel, options: CheckOptions): Run {
  return { target: model.target, profile: options.profile ?? model.profile };
}

/** Every process asks for the same few selections. */
const selections = new Map<string, readonly Rule[]>();

function selected<S extends Rule['scope']>(scope: S, run: Run, production: boolean): readonly Extract<Rule, { scope: S }>[] {
  const key = `${scope} ${run.target} ${production}`;
  let selection = selections.get(key);
  if (selection === undefined) {
    selection = rules.filter((rule) => {
      const facts = metadata.get(rule.id);
      if (rule.scope !== scope || facts === undefined || !appliesTo(facts, run.target)) return false;
      return production || facts.profile === 'any';
    });
    selections.set(key, selection);
  }
  return selection as readonly Extract<Rule, { scope: S }>[];
}

/** Collects reports of one rule. A finding in a template is dropped where the rule leaves templates alone. */
function collector(rule: Rule, documents: ReadonlyMap<string, SourceDocument>, into: RawFinding[]): Reporter {
  const severity = metadataOf(rule.id).severity;
  return (report: Report) => {
    if (rule.templates === 'exempt' && documents.get(report.at.uri)?.template === true) return;
    into.push({
      rule: rule.id,
      severity: report.severity ?? severity,
      message: report.message,
      uri: report.at.uri,
      range: report.at.range,
      setting: report.setting ?? null,
      related: report.related ?? [],
      fixes: report.fixes ?? [],
    });
  };
}

interface Kept {
  readonly key: string;
  readonly findings: readonly RawFinding[];
}
/** Document rules see nothing but the document, the release and the profile: their result is kept while those stay. */
const keptByDocument = new WeakMap<SourceDocument, Kept>();

/** Findings of the rules that need nothing but one document. */
export function checkDocument(
  model: WorkspaceModel,
  document: SourceDocument,
  options: CheckOptions = {},
): readonly RawFinding[] {
  const run = runOf(model, options);
  const key = `${run.target} ${run.profile}`;
  const kept = keptByDocument.get(document);
  if (kept?.key === key) return kept.findings;
  const production = run.profile === 'production' || isProductionName(document.name);
  const context: DocumentContext = {
    ...run,
    document,
    production,
    at: (range: Range) => ({ uri: document.uri, range }),
    placeOf: (assignment) => valuePlace(document.uri, assignment),
  };
  const findings: RawFinding[] = [];
  const documents = new Map([[document.uri, document]]);
  for (const rule of selected('document', run, production)) rule.check(context, collector(rule, documents, findings));
  keptByDocument.set(document, { key, findings });
  return findings;
}

/** The view rules get of one declared process. */
export function viewProcess(model: WorkspaceModel, process: DeclaredProcess, options: CheckOptions = {}): ProcessView {
  const { profile } = runOf(model, options);
  const document = model.documents.get(process.uri);
  const kept = keptViews.get(process);
  if (kept?.profile === profile && kept.view.document === document) return kept.view;
  const view = newView(model, process, profile);
  keptViews.set(process, { profile, view });
  return view;
}

const keptViews = new WeakMap<DeclaredProcess, { readonly profile: Run['profile']; readonly view: ProcessView }>();

function newView(model: WorkspaceModel, process: DeclaredProcess, profile: Run['profile']): ProcessView {
  const sources = [process.uri, ...process.environments].map((uri) => model.documents.get(uri));
  const production = profile === 'production' || sources.some((document) => isProductionName(document?.name ?? ''));
  return new ProcessView(process, model.documents.get(process.uri), production);
}

/** The model gives a process a new identity when a document it reads changed; process rules see nothing else but the extras. */
const keptByProcess = new WeakMap<DeclaredProcess, Kept>();

const keptExtras = new WeakMap<WorkspaceModel, ReadonlySet<string>>();

function extrasOf(model: WorkspaceModel): ReadonlySet<string> {
  let extras = keptExtras.get(model);
  if (extras === undefined) {
    const found = new Set<string>();
    for (const { requirements } of model.documents.values())
      for (const requirement of requirements) for (const extra of requirement.extras) found.add(extra);
    extras = new Set([...found].sort());
    keptExtras.set(model, extras);
  }
  return extras;
}

/** Findings about the effective settings of one process. */
export function checkProcess(model: WorkspaceModel, process: DeclaredProcess, options: CheckOptions = {}): readonly RawFinding[] {
  const run = runOf(model, options);
  const extras = extrasOf(model);
  const key = `${run.target} ${run.profile} ${[...extras].join(' ')}`;
  const kept = keptByProcess.get(process);
  if (kept?.key === key) return kept.findings;
  const view = viewProcess(model, process, options);
  const findings: RawFinding[] = [];
  const context = { ...run, process: view, documents: model.documents, extras, production: view.production };
  for (const rule of selected('process', run, view.production)) rule.check(context, collector(rule, model.documents, findings));
  keptByProcess.set(process, { key, findings });
  return findings;
}

/** The fleets of a model, for `checkFleet`. */
export function declaredFleets(model: WorkspaceModel, options: CheckOptions = {}): readonly Fleet[] {
  return fleetsOf(model.processes.map((process) => viewProcess(model, process, options)));
}

/** Findings about processes that form one mesh. */
export function checkFleet(model: WorkspaceModel, fleet: Fleet, options: CheckOptions = {}): readonly RawFinding[] {
  const run = runOf(model, options);
  const production = fleet.nodes.some((node) => node.view.production);
  const findings: RawFinding[] = [];
  for (const rule of selected('fleet', run, production))
    rule.check({ ...run, fleet, documents: model.documents, production }, collector(rule, model.documents, findings));
  return findings;
}

/** Findings that compare documents of the workspace. */
export function checkWorkspace(model: WorkspaceModel, options: CheckOptions = {}): readonly RawFinding[] {
  const run = runOf(model, options);
  const processes = model.processes.map((process) => viewProcess(model, process, options));
  const production = run.profile === 'production' || processes.some((view) => view.production);
  const findings: RawFinding[] = [];
  for (const rule of selected('workspace', run, production))
    rule.check({ ...run, model, processes, production }, collector(rule, model.documents, findings));
  return findings;
}

const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** Order within one document. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    comparePositions(a.range.start, b.range.start) ||
    severityRank[a.severity] - severityRank[b.severity] ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.message < b.message ? -1 : a.message > b.message ? 1 : 0)
  );
}

const rangeKey = ({ start, end }: Range): string => `${start.line}:${start.character}-${end.line}:${end.character}`;

function withoutRepeats(related: readonly Related[]): Related[] {
  const seen = new Map<string, Related>();
  for (const entry of related) {
    const key = `${entry.uri} ${rangeKey(entry.range)}`;
    if (!seen.has(key)) seen.set(key, entry);
  }
  return [...seen.values()];
}

/**
 * A mistake in a file that several processes read is one finding: same rule, same place; the pointers to the others are joined.
 *
 * @param findings Those of one document.
 */
function merge(findings: readonly RawFinding[]): readonly Finding[] {
  const groups = new Map<string, RawFinding[]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${rangeKey(finding.range)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  if (groups.size === findings.length) return findings;
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return group;
    const strongest = group.reduce((best, finding) =>
      severityRank[finding.severity] < severityRank[best.severity] ? finding : best,
    );
    return [{ ...strongest, related: withoutRepeats(group.flatMap((finding) => finding.related)) }];
  });
}

interface Settled {
  /** The run and the severities. */
  readonly key: string;
  readonly raw: readonly RawFinding[];
  readonly findings: readonly Finding[];
}
/** Most documents get the same findings as the last time, which need no sorting and merging then. */
const keptSettled = new WeakMap<SourceDocument, Settled>();

interface Settling {
  readonly model: WorkspaceModel;
  readonly run: Run;
  readonly options: CheckOptions;
}

function settleDocument(uri: string, raw: readonly RawFinding[], { model, run, options }: Settling): readonly Finding[] {
  const document = model.documents.get(uri);
  const severities = options.severitiesOf?.(uri) ?? options.severities;
  const whole = options.isWhole?.(uri) ?? true;
  const key = `${run.target} ${run.profile} ${whole} ${JSON.stringify(severities ?? {})}`;
  const kept = document === undefined ? undefined : keptSettled.get(document);
  if (kept?.key === key && sameFindings(kept.raw, raw)) return kept.findings;
  const own: Finding[] = [];
  const suppressions = new Suppressions(document);
  for (const finding of dropSuperseded(merge(raw.toSorted(compareFindings)), document)) {
    const severity = severities?.[finding.rule] ?? finding.severity;
    if (severity === 'off' || suppressions.silences(finding)) continue;
    own.push(severity === finding.severity ? finding : { ...finding, severity });
  }
  const unused = severities?.[unusedSuppressionRule];
  if (unused !== 'off') {
    const production = run.profile === 'production' || isProductionName(document?.name ?? '');
    const isJudged = (rule: string | null): boolean =>
      rule === null
        ? whole && run.profile === 'production'
        : severities?.[rule] !== 'off' &&
          runsIn(rule, run.target, production) &&
          (whole || metadata.get(rule)?.scope === 'document');
    for (const finding of suppressions.unused(isJudged)) own.push({ ...finding, severity: unused ?? finding.severity });
  }
  own.sort(compareFindings);
  if (document !== undefined) keptSettled.set(document, { key, raw, findings: own });
  return own;
}

/** Joins the parts of a run: repeated, superseded, suppressed and switched-off findings go, the rest is put in order. */
export function settle(model: WorkspaceModel, raw: readonly RawFinding[], options: CheckOptions = {}): Finding[] {
  const byDocument = new Map<string, RawFinding[]>();
  for (const finding of raw) {
    const list = byDocument.get(finding.uri);
    if (list === undefined) byDocument.set(finding.uri, [finding]);
    else list.push(finding);
  }
  const settled: Finding[] = [];
  for (const { uri, suppressions } of model.documents.values()) {
    if (suppressions.length > 0 && !byDocument.has(uri)) byDocument.set(uri, []);
  }
  const run = runOf(model, options);
  for (const uri of [...byDocument.keys()].sort())
    for (const finding of settleDocument(uri, byDocument.get(uri) ?? [], { model, run, options })) settled.push(finding);
  return settled;
}

/**
 * Checks a whole model.
 *
 * @returns Findings ordered by file, position, severity and rule. Never throws on any model the readers can produce.
 */
export function check(model: WorkspaceModel, options: CheckOptions = {}): Finding[] {
  // Not `push(...part)`: a file of 100,000 lines can have more findings than a call may have arguments.
  const parts: (readonly RawFinding[])[] = [];
  for (const document of model.documents.values()) parts.push(checkDocument(model, document, options));
  for (const process of model.processes) parts.push(checkProcess(model, process, options));
  for (const fleet of declaredFleets(model, options)) parts.push(checkFleet(model, fleet, options));
  parts.push(checkWorkspace(model, options));
  return settle(model, parts.flat(), options);
}
