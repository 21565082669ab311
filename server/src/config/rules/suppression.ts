/** What silences a finding: a stronger rule on the same line, a comment of the person; and comments that silence nothing. */
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import type { Finding, Fix, SourceDocument, Suppression } from '../model/types.ts';
import { nearestWord } from '../project/nearest.ts';
import { documentRule, type Rule } from './rule.ts';
import { canonicalName } from './settingIndex.ts';
import { statementLines } from './statementLines.ts';

/**
 * Drops findings that another rule on the same line supersedes. In Python several keys may share a line,
 * so there a rule only silences findings about the same setting.
 *
 * @param findings Those of one document.
 */
export function dropSuperseded(findings: readonly Finding[], document: SourceDocument | undefined): readonly Finding[] {
  if (findings.length < 2) return findings;
  const byLine = new Map<number, Finding[]>();
  const lineOf = statementLines(document);
  for (const finding of findings) {
    const line = lineOf(finding.range.start.line);
    const group = byLine.get(line);
    if (group === undefined) byLine.set(line, [finding]);
    else group.push(finding);
  }
  const perSetting = document?.kind === 'python';
  const silenced = new Map(
    [...byLine].flatMap(([line, group]) => (group.length < 2 ? [] : [[line, new Silenced(group, perSetting)]])),
  );
  return findings.filter((finding) => silenced.get(lineOf(finding.range.start.line))?.has(finding) !== true);
}

/** What the findings of one line supersede. A minified file has all its findings on one line, so nobody asks each for each. */
class Silenced {
  readonly #perSetting: boolean;
  /** Id of a superseded rule -> the settings of those that supersede it; null: of all settings. */
  readonly #settings = new Map<string, Set<string | null>>();

  constructor(group: readonly Finding[], perSetting: boolean) {
    this.#perSetting = perSetting;
    for (const { rule, setting } of group) {
      for (const id of ruleInventory.get(rule)?.supersedes ?? []) {
        const settings = this.#settings.get(id) ?? new Set();
        settings.add(setting === null ? null : canonicalName(setting));
        this.#settings.set(id, settings);
      }
    }
  }

  has({ rule, setting }: Finding): boolean {
    const settings = this.#settings.get(rule);
    if (settings === undefined) return false;
    return !this.#perSetting || setting === null || settings.has(null) || settings.has(canonicalName(setting));
  }
}

/** The comments of one document, and what each of them silenced. */
export class Suppressions {
  readonly #document: SourceDocument | undefined;
  readonly #byLine: ReadonlyMap<number, readonly Suppression[]>;
  readonly #used = new Map<Suppression, Set<string>>();

  constructor(document: SourceDocument | undefined) {
    this.#document = document;
    this.#byLine = Map.groupBy(document?.suppressions ?? [], ({ line }) => line);
  }

  /** Whether a comment silences the finding; remembers which one did. */
  silences(finding: Finding): boolean {
    let silenced = false;
    for (const suppression of this.#byLine.get(finding.range.start.line) ?? []) {
      const { rules } = suppression;
      if (rules.length > 0 && !rules.some(({ name }) => name === finding.rule)) continue;
      const used = this.#used.get(suppression) ?? new Set();
      used.add(finding.rule);
      this.#used.set(suppression, used);
      silenced = true;
    }
    return silenced;
  }

  /**
   * Comments, or rules in them, that silenced nothing.
   *
   * @param isJudged Whether the rule had its chance to report in this file: of a rule that is off, or that only production
   *   or another release has, nobody can say that its comment is useless. Null stands for a comment that names no rule.
   */
  unused(isJudged: (rule: string | null) => boolean): Finding[] {
    const document = this.#document;
    if (document === undefined) return [];
    return document.suppressions.flatMap((suppression) => {
      const used = this.#used.get(suppression) ?? new Set<string>();
      const { rules } = suppression;
      if (rules.length === 0) return used.size === 0 && isJudged(null) ? [unusedFinding(document, suppression, [])] : [];
      const idle = rules.filter(({ name }) => ruleInventory.has(name) && !used.has(name) && isJudged(name));
      return idle.length === 0 ? [] : [unusedFinding(document, suppression, idle)];
    });
  }
}

export const unusedSuppressionRule = 'suppression-unused';

function unusedFinding({ uri }: SourceDocument, suppression: Suppression, idle: Suppression['rules']): Finding {
  const [first] = idle;
  const names = idle.map(({ name }) => name).join(', ');
  const left = suppression.rules.filter((rule) => !idle.includes(rule));
  return {
    rule: unusedSuppressionRule,
    severity: ruleInventory.get(unusedSuppressionRule)?.severity ?? 'warning',
    message: `Nothing on the line below is reported${names === '' ? '' : ` by ${names}`}, so this comment silences nothing.`,
    uri,
    range: left.length === 0 || first === undefined ? suppression.range : first.range,
    setting: null,
    related: [],
    fixes: [removal(uri, suppression, left)],
  };
}

/** Takes the comment out, or the rules that are not needed. */
function removal(uri: string, { range, rules }: Suppression, left: Suppression['rules']): Fix {
  const [first, last] = [rules.at(0), rules.at(-1)];
  if (left.length === 0 || first === undefined || last === undefined) {
    const lines = { start: { line: range.start.line, character: 0 }, end: { line: range.end.line + 1, character: 0 } };
    return { title: 'Remove the comment', safe: true, edits: [{ uri, range: lines, newText: '' }] };
  }
  const list = { start: first.range.start, end: last.range.end };
  const newText = left.map(({ name }) => name).join(', ');
  return { title: `Leave only ${newText}`, safe: true, edits: [{ uri, range: list, newText }] };
}

export const suppressionRules: readonly Rule[] = [
  documentRule('suppression-unknown-rule', ({ document, at }, report) => {
    for (const { rules } of document.suppressions) {
      for (const { name, range } of rules) {
        if (ruleInventory.has(name)) continue;
        const near = nearestWord(name, ruleInventory.keys());
        const hint = near === null ? ' A reason stands after two hyphens: -- why.' : ` Did you mean ${near}?`;
        const edits = [{ uri: document.uri, range, newText: near ?? '' }];
        report({
          at: at(range),
          message: `No rule is called ${name}, so this silences nothing.${hint}`,
          fixes: near === null ? [] : [{ title: `Write ${near}`, safe: false, edits }],
        });
      }
    }
  }),
];
