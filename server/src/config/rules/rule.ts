/** What a rule is, what it may look at, and how it reports. Metadata (severity, releases, profile) stands in the inventory only. */
import type { Release } from '#schemas/settings/catalogue.ts';
import type { Severity } from '#schemas/settings/ruleInventory.ts';
import type { Assignment, Fix, Related, SourceDocument, WorkspaceModel } from '../model/types.ts';
import type { Range } from '../text/position.ts';
import type { Fleet } from './fleets.ts';
import type { ProcessView } from './processView.ts';

/** A place in a document. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** What a rule hands over; the engine adds the rule id and the default severity. */
export interface Report {
  readonly at: Place;
  readonly message: string;
  /** Only where the inventory's `severityWhen` differs from the default. */
  readonly severity?: Severity;
  /** Environment name or Mesh key. */
  readonly setting?: string | null;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

export type Reporter = (report: Report) => void;

/** Facts that hold for the whole run. */
export interface Run {
  readonly target: Release;
  readonly profile: 'development' | 'production';
}

/** A rule of this kind sees one document and nothing else, so its result can be kept as long as the document stays the same. */
export interface DocumentContext extends Run {
  readonly document: SourceDocument;
  /** Whether the document belongs to production: by profile or by its own name. */
  readonly production: boolean;
  /** The place of a range in this document. */
  at(range: Range): Place;
  /** Where the value of an assignment stands, else its name. */
  placeOf(assignment: Assignment): Place;
}

export interface ProcessContext extends Run {
  readonly process: ProcessView;
  /** For fixes and marks; a process rule reads no document that does not feed the process. */
  readonly documents: ReadonlyMap<string, SourceDocument>;
  /** Extras that the requirements of the workspace ask for. */
  readonly extras: ReadonlySet<string>;
  readonly production: boolean;
}

export interface FleetContext extends Run {
  readonly fleet: Fleet;
  readonly documents: ReadonlyMap<string, SourceDocument>;
  readonly production: boolean;
}

export interface WorkspaceContext extends Run {
  readonly model: WorkspaceModel;
  readonly processes: readonly ProcessView[];
  readonly production: boolean;
}

/**
 * Whether a rule speaks in templates (`.env.example`): names, types and scopes are checked there, placeholders,
 * secrets and production demands are not, because a template is meant to be filled in.
 */
export type TemplatePolicy = 'checked' | 'exempt';

interface Common {
  readonly id: string;
  readonly templates: TemplatePolicy;
}

export type Rule =
  | (Common & { readonly scope: 'document'; readonly check: (context: DocumentContext, report: Reporter) => void })
  | (Common & { readonly scope: 'process'; readonly check: (context: ProcessContext, report: Reporter) => void })
  | EachDocumentRule
  | (Common & { readonly scope: 'fleet'; readonly check: (context: FleetContext, report: Reporter) => void })
  | (Common & { readonly scope: 'workspace'; readonly check: (context: WorkspaceContext, report: Reporter) => void });

/** A rule over one document. */
export function documentRule(
  id: string,
  check: (context: DocumentContext, report: Reporter) => void,
  templates: TemplatePolicy = 'checked',
): Rule {
  return { id, scope: 'document', templates, check };
}

/** A rule over the effective settings of one process. */
export function processRule(
  id: string,
  check: (context: ProcessContext, report: Reporter) => void,
  templates: TemplatePolicy = 'exempt',
): Rule {
  return { id, scope: 'process', templates, check };
}

/** A rule over processes that form one mesh. */
export function fleetRule(
  id: string,
  check: (context: FleetContext, report: Reporter) => void,
  templates: TemplatePolicy = 'exempt',
): Rule {
  return { id, scope: 'fleet', templates, check };
}

/** A rule that compares documents of the workspace. */
export function workspaceRule(
  id: string,
  check: (context: WorkspaceContext, report: Reporter) => void,
  templates: TemplatePolicy = 'exempt',
): Rule {
  return { id, scope: 'workspace', templates, check };
}

/** What a rule looks at besides the document; see `eachDocumentRule`. */
export interface DocumentInputs {
  /** Of one document. */
  readonly own: (document: SourceDocument, context: WorkspaceContext) => readonly unknown[];
  /** Of all documents alike; absent: nothing. */
  readonly shared?: (context: WorkspaceContext) => readonly unknown[];
}

export interface EachDocumentRule extends Common {
  readonly scope: 'each-document';
  readonly inputs: DocumentInputs;
  readonly check: (document: SourceDocument, context: WorkspaceContext, report: Reporter) => void;
}

/**
 * A rule that goes through the documents one by one and looks at more than the document itself. A report is kept while
 * nothing it was made from changed: a keystroke changes one document of hundreds.
 *
 * @param inputs All else the check looks at, compared by identity: processes, or a text that sums something up. `own` may
 *   depend on the documents, on processes that are declared in the document or have its variables in their environment,
 *   and on what `shared` gives: it is asked again for documents where one of these changed.
 */
export function eachDocumentRule(
  id: string,
  inputs: DocumentInputs | DocumentInputs['own'],
  check: EachDocumentRule['check'],
  templates: TemplatePolicy = 'exempt',
): Rule {
  return { id, scope: 'each-document', templates, inputs: typeof inputs === 'function' ? { own: inputs } : inputs, check };
}
