/** Runs the rules over the parts of a model: a document, a process, a fleet, the whole. */
import { Latest } from '../model/latest.ts';
import type { DeclaredProcess, SourceDocument, WorkspaceModel } from '../model/types.ts';
import type { Range } from '../text/position.ts';
import type { Fleet } from './fleets.ts';
import { ProcessView, valuePlace } from './processView.ts';
import type { DocumentContext, EachDocumentRule, Rule, Run, WorkspaceContext } from './rule.ts';
import { type CheckOptions, Collector, isProductionName, type RawFinding, runOf, selected } from './selection.ts';

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
  const collector = new Collector(new Map([[document.uri, document]]));
  for (const rule of selected('document', run, production, document.kind)) rule.check(context, collector.of(rule));
  keptByDocument.set(document, { key, findings: collector.found });
  return collector.found;
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

interface Extras {
  readonly all: ReadonlySet<string>;
  readonly key: string;
}
const keptExtras = new Latest<WorkspaceModel, Extras>();

function extrasOf(model: WorkspaceModel): Extras {
  let extras = keptExtras.get(model);
  if (extras === undefined) {
    const found = new Set<string>();
    // What a README offers its readers is not what this project installs.
    for (const { requirements } of model.documents.values())
      for (const { extras, source } of requirements) if (source !== 'documentation') for (const extra of extras) found.add(extra);
    const sorted = [...found].sort();
    extras = { all: new Set(sorted), key: sorted.join(' ') };
    keptExtras.set(model, extras);
  }
  return extras;
}

/** Findings about the effective settings of one process. */
export function checkProcess(model: WorkspaceModel, process: DeclaredProcess, options: CheckOptions = {}): readonly RawFinding[] {
  const run = runOf(model, options);
  const extras = extrasOf(model);
  const key = `${run.target} ${run.profile} ${extras.key}`;
  const kept = keptByProcess.get(process);
  if (kept?.key === key) return kept.findings;
  const view = viewProcess(model, process, options);
  const collector = new Collector(model.documents);
  const context = { ...run, process: view, documents: model.documents, extras: extras.all, production: view.production };
  for (const rule of selected('process', run, view.production)) rule.check(context, collector.of(rule));
  keptByProcess.set(process, { key, findings: collector.found });
  return collector.found;
}

/** Findings about processes that form one mesh. */
export function checkFleet(model: WorkspaceModel, fleet: Fleet, options: CheckOptions = {}): readonly RawFinding[] {
  const run = runOf(model, options);
  const production = fleet.nodes.some((node) => node.view.production);
  const collector = new Collector(model.documents);
  const context = { ...run, fleet, documents: model.documents, production };
  for (const rule of selected('fleet', run, production)) rule.check(context, collector.of(rule));
  return collector.found;
}

/** What rules about the whole workspace get. */
export function workspaceContext(
  model: WorkspaceModel,
  processes: readonly ProcessView[],
  options: CheckOptions = {},
): WorkspaceContext {
  const run = runOf(model, options);
  return { ...run, model, processes, production: run.profile === 'production' || processes.some((view) => view.production) };
}

type WorkspaceRule = Extract<Rule, { scope: 'workspace' }>;

/** The rules that compare documents of the workspace. */
export function workspaceRules(context: WorkspaceContext): readonly WorkspaceRule[] {
  return selected('workspace', context, context.production);
}

/** The rules that go through its documents one by one. */
export function eachDocumentRules(context: WorkspaceContext): readonly EachDocumentRule[] {
  return selected('each-document', context, context.production);
}

export function checkWorkspace(rule: WorkspaceRule, context: WorkspaceContext): readonly RawFinding[] {
  const collector = new Collector(context.model.documents);
  rule.check(context, collector.of(rule));
  return collector.found;
}

export function checkEachDocument(
  rule: EachDocumentRule,
  document: SourceDocument,
  context: WorkspaceContext,
): readonly RawFinding[] {
  const collector = new Collector(context.model.documents);
  rule.check(document, context, collector.of(rule));
  return collector.found;
}
