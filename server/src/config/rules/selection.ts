/** Which rules run for a release and a file, and how their reports become findings. */
import { inRange, type Release } from '#schemas/settings/catalogue.ts';
import { type FileKind, type RuleMetadata, ruleInventory } from '#schemas/settings/ruleInventory.ts';
import type { RuleSeverities } from '../model/project.ts';
import type { Finding, SourceDocument, WorkspaceModel } from '../model/types.ts';
import { rules } from './registry.ts';
import type { Report, Reporter, Rule, Run } from './rule.ts';

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
export function runsIn(id: string, release: Release, production: boolean): boolean {
  const rule = metadata.get(id);
  return rule !== undefined && appliesTo(rule, release) && (production || rule.profile === 'any');
}

/** Whether a rule looks at nothing but one file (by the inventory). */
export function isAboutOneFile(id: string): boolean {
  return metadata.get(id)?.scope === 'document';
}

/** `.env.production`, `prod.env`: files that say by their name that they are for production. */
export function isProductionName(name: string): boolean {
  return /(^|[._-])prod(uction)?([._-]|$)/i.test(name);
}

export function runOf(model: WorkspaceModel, options: CheckOptions): Run {
  return { target: model.target, profile: options.profile ?? model.profile };
}

/** Every process asks for the same few selections. */
const selections = new Map<string, readonly Rule[]>();

/** @param kind only rules that report in documents of this kind, by the inventory; absent: all */
export function selected<S extends Rule['scope']>(
  scope: S,
  run: Run,
  production: boolean,
  kind?: FileKind,
): readonly Extract<Rule, { scope: S }>[] {
  const key = `${scope} ${kind ?? ''} ${run.target} ${production}`;
  let selection = selections.get(key);
  if (selection === undefined) {
    selection = rules.filter((rule) => {
      const facts = metadata.get(rule.id);
      if (rule.scope !== scope || facts === undefined || !appliesTo(facts, run.target)) return false;
      return (kind === undefined || speaksAbout(facts, kind)) && (production || facts.profile === 'any');
    });
    selections.set(key, selection);
  }
  return selection as readonly Extract<Rule, { scope: S }>[];
}

/** A ConfigMap may hold an env file, about which all is said that is said about env files. */
function speaksAbout({ files }: RuleMetadata, kind: FileKind): boolean {
  return files.includes(kind) || (kind === 'kubernetes' && files.includes('dotenv'));
}

/**
 * Collects the reports of one rule after the other: a hundred rules look at each document, and nearly none has anything to
 * say. A finding in a template is dropped where the rule leaves templates alone.
 */
export class Collector {
  readonly #documents: ReadonlyMap<string, SourceDocument>;
  readonly found: RawFinding[] = [];
  #rule: Rule | null = null;
  readonly #take: Reporter = (report) => this.#add(report);

  constructor(documents: ReadonlyMap<string, SourceDocument>) {
    this.#documents = documents;
  }

  /** What this rule reports to. Of no use any more once another rule was asked for. */
  of(rule: Rule): Reporter {
    this.#rule = rule;
    return this.#take;
  }

  #add(report: Report): void {
    const rule = this.#rule;
    if (rule === null) return;
    if (rule.templates === 'exempt' && this.#documents.get(report.at.uri)?.template === true) return;
    this.found.push({
      rule: rule.id,
      severity: report.severity ?? (metadata.get(rule.id) ?? metadataOf(rule.id)).severity,
      message: report.message,
      uri: report.at.uri,
      range: report.at.range,
      setting: report.setting ?? null,
      related: report.related ?? [],
      fixes: report.fixes ?? [],
    });
  }
}
