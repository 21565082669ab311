/**
 * Checks one model after the other and keeps what it found: after a change of a few documents it looks again only at what
 * these can have made different, and finds what a first look at the new model would find.
 */
import type { Finding, SourceDocument, WorkspaceModel } from '../model/types.ts';
import { Contributions } from './contributions.ts';
import { type Delta, deltaOf } from './delta.ts';
import { type Fleet, type FleetNode, fleetsOf } from './fleets.ts';
import type { EachDocumentRule, WorkspaceContext } from './rule.ts';
import { sameFindings } from './sameFindings.ts';
import {
  checkDocument,
  checkEachDocument,
  checkFleet,
  checkProcess,
  checkWorkspace,
  eachDocumentRules,
  viewProcess,
  workspaceContext,
  workspaceRules,
} from './scopes.ts';
import type { CheckOptions, RawFinding } from './selection.ts';
import { settleDocument } from './settle.ts';

export interface Checked {
  /** By document, ordered by position, severity and rule; documents without findings may be missing. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** Documents whose list is another one than the last time; null: any. */
  readonly changed: ReadonlySet<string> | null;
}

/** What a rule found in one document, and what it looked at. */
interface Examined {
  readonly document: SourceDocument;
  readonly inputs: readonly unknown[];
  readonly findings: readonly RawFinding[];
}

/** The same of all documents, by URI. */
interface Examination {
  readonly shared: readonly unknown[];
  readonly documents: Map<string, Examined>;
}

/** Documents with their places in the model. */
type Placed = Iterable<readonly [number, SourceDocument]>;

/** All that the last check was made of and came to. */
interface Pass {
  readonly model: WorkspaceModel;
  readonly options: CheckOptions;
  readonly context: WorkspaceContext;
  readonly contributions: Contributions;
  readonly examinations: Map<EachDocumentRule, Examination>;
  readonly fleets: readonly CheckedFleet[];
  readonly findings: Map<string, readonly Finding[]>;
}

export class Checker {
  #last: Pass | null = null;

  /**
   * Findings of a model. What `options` gives and `model.surroundings` says must stay the same for as long as they are the
   * same objects.
   *
   * Throws what a rule throws; no rule throws on a model the readers can produce. The next check is a whole one then.
   */
  run(model: WorkspaceModel, options: CheckOptions): Checked {
    const last = this.#last;
    this.#last = null;
    const delta = last !== null && sameOptions(last.options, options) ? deltaOf(last.model, model) : null;
    const next = last !== null && delta !== null ? again(last, model, options, delta) : null;
    if (next !== null) {
      this.#last = next.pass;
      return { findings: next.pass.findings, changed: next.changed };
    }
    const pass = whole(model, options, last);
    this.#last = pass;
    return { findings: pass.findings, changed: null };
  }
}

function sameOptions(a: CheckOptions, b: CheckOptions): boolean {
  return a.severities === b.severities && a.severitiesOf === b.severitiesOf && a.isWhole === b.isWhole && a.profile === b.profile;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Parts are numbered in the order in which their findings are joined; fleets come last, because their number changes. */
function numbering({ model, processes }: WorkspaceContext) {
  const documents = model.documents.size;
  const eachDocument = documents + processes.length;
  return {
    process: (i: number) => documents + i,
    eachDocument: (rule: number, i: number) => eachDocument + rule * documents + i,
    workspace: (rule: number, rules: number) => eachDocument + rules * documents + rule,
    fleet: (i: number, rules: number, others: number) => eachDocument + rules * documents + others + i,
  };
}

function whole(model: WorkspaceModel, options: CheckOptions, last: Pass | null): Pass {
  const context = workspaceContext(
    model,
    model.processes.map((process) => viewProcess(model, process, options)),
    options,
  );
  const contributions = new Contributions();
  const number = numbering(context);
  let place = 0;
  for (const document of model.documents.values()) contributions.put(place++, checkDocument(model, document, options));
  model.processes.forEach((process, i) => {
    contributions.put(number.process(i), checkProcess(model, process, options));
  });
  const pass: Pass = { model, options, context, contributions, examinations: new Map(), fleets: [], findings: new Map() };
  const known = last !== null && sameRun(last.context, context) ? last.examinations : null;
  eachDocumentRules(context).forEach((rule, i) => {
    const before = known?.get(rule)?.documents ?? nothing;
    const documents = new Map<string, Examined>();
    pass.examinations.set(rule, { shared: rule.inputs.shared?.(context) ?? none, documents });
    examine(pass, rule, i, { placed: [...model.documents.values()].entries(), before, into: documents });
  });
  checkTogether(pass);
  const fleets = checkFleets(pass, [], new Map());
  contributions.takeChanged();
  for (const uri of model.documents.keys()) pass.findings.set(uri, settleDocument(uri, contributions.of(uri), model, options));
  for (const uri of contributions.documents())
    if (!pass.findings.has(uri)) pass.findings.set(uri, settleDocument(uri, contributions.of(uri), model, options));
  return { ...pass, fleets };
}

const none: readonly never[] = [];
const nothing: ReadonlyMap<string, Examined> = new Map();

function sameRun(a: WorkspaceContext, b: WorkspaceContext): boolean {
  return a.target === b.target && a.profile === b.profile && a.production === b.production;
}

/** Null where more is different than it seemed. */
function again(
  last: Pass,
  model: WorkspaceModel,
  options: CheckOptions,
  delta: Delta,
): { readonly pass: Pass; readonly changed: ReadonlySet<string> } | null {
  let views = last.context.processes;
  if (delta.processes.length > 0) {
    const copy = [...views];
    for (const i of delta.processes) {
      const process = model.processes[i];
      if (process !== undefined) copy[i] = viewProcess(model, process, options);
    }
    views = copy;
  }
  const context = workspaceContext(model, views, options);
  if (context.production !== last.context.production) return null;
  const { contributions, examinations, findings } = last;
  const number = numbering(context);
  for (const [i, document] of delta.documents) contributions.put(i, checkDocument(model, document, options));
  for (const i of delta.processes) {
    const process = model.processes[i];
    if (process !== undefined) contributions.put(number.process(i), checkProcess(model, process, options));
  }
  const pass: Pass = { model, options, context, contributions, examinations, fleets: last.fleets, findings };
  const touched = placesOf(delta.touched, model);
  let i = 0;
  for (const [rule, { shared, documents }] of examinations) {
    const now = rule.inputs.shared?.(context) ?? none;
    const placed = sameItems(shared, now) ? touched : [...model.documents.values()].entries();
    examinations.set(rule, { shared: now, documents });
    examine(pass, rule, i++, { placed, before: documents, into: documents });
  }
  checkTogether(pass);
  const fleets = delta.processes.length === 0 ? last.fleets : checkFleets(pass, last.fleets, delta.documents);
  const changed = contributions.takeChanged();
  for (const document of delta.documents.values()) changed.add(document.uri);
  for (const uri of changed) {
    const before = findings.get(uri) ?? none;
    const settled = settleDocument(uri, contributions.of(uri), model, options);
    if (sameFindings(before, settled)) changed.delete(uri);
    else findings.set(uri, settled);
  }
  return { pass: { ...pass, fleets }, changed };
}

function placesOf(uris: ReadonlySet<string>, { documents }: WorkspaceModel): readonly (readonly [number, SourceDocument])[] {
  const found: (readonly [number, SourceDocument])[] = [];
  let place = 0;
  for (const document of documents.values()) {
    if (uris.has(document.uri)) found.push([place, document]);
    place++;
  }
  return found;
}

interface Examining {
  readonly placed: Placed;
  readonly before: ReadonlyMap<string, Examined>;
  readonly into: Map<string, Examined>;
}

/** Runs a rule over documents where what it looks at is different from `before`. */
function examine({ context, contributions }: Pass, rule: EachDocumentRule, i: number, { placed, before, into }: Examining): void {
  const number = numbering(context);
  for (const [place, document] of placed) {
    const inputs = rule.inputs.own(document, context);
    const known = before.get(document.uri);
    if (known?.document === document && sameItems(known.inputs, inputs)) {
      if (before === into) continue;
      into.set(document.uri, known);
      contributions.put(number.eachDocument(i, place), known.findings);
      continue;
    }
    const findings = checkEachDocument(rule, document, context);
    into.set(document.uri, { document, inputs, findings });
    contributions.put(number.eachDocument(i, place), findings);
  }
}

/** Rules about the workspace as a whole run every time. */
function checkTogether({ context, contributions, examinations }: Pass): void {
  const number = numbering(context);
  workspaceRules(context).forEach((rule, i) => {
    contributions.put(number.workspace(i, examinations.size), checkWorkspace(rule, context));
  });
}

/** A fleet as its rules saw it. */
interface CheckedFleet {
  readonly fleet: Fleet;
  /** The nodes now. Those of `fleet` may be older ones, of which everything that was asked is still true. */
  readonly nodes: readonly FleetNode[];
  /** Documents the findings are about. */
  readonly places: ReadonlySet<string>;
}

/** Whether the rules would find what they found: all nodes answer as before, and no fix was made from a text that is gone. */
function standsFor(known: CheckedFleet, { nodes }: Fleet, replaced: ReadonlyMap<number, SourceDocument>): boolean {
  if (sameItems(known.nodes, nodes)) return true;
  if (known.nodes.length !== nodes.length) return false;
  for (const document of replaced.values()) if (known.places.has(document.uri)) return false;
  return nodes.every((node, i) => {
    if (node === known.nodes[i]) return true;
    const before = known.fleet.nodes[i];
    return before?.view.answersLike(node.view) === true;
  });
}

/** Fleets of which nothing is different that a rule could see keep their findings. */
function checkFleets(
  { model, options, context, contributions, examinations }: Pass,
  before: readonly CheckedFleet[],
  replaced: ReadonlyMap<number, SourceDocument>,
): readonly CheckedFleet[] {
  const number = numbering(context);
  const others = workspaceRules(context).length;
  const put = (i: number, findings: readonly RawFinding[]): void => {
    contributions.put(number.fleet(i, examinations.size, others), findings);
  };
  const fleets = fleetsOf(context.processes).map((fleet, i) => {
    const known = before[i];
    if (known !== undefined && standsFor(known, fleet, replaced)) return { ...known, nodes: fleet.nodes };
    const findings = checkFleet(model, fleet, options);
    put(i, findings);
    return { fleet, nodes: fleet.nodes, places: new Set(findings.map(({ uri }) => uri)) };
  });
  for (let i = fleets.length; i < before.length; i++) put(i, none);
  return fleets;
}
