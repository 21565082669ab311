/** What a report says about a rule beside its findings. */
import { ruleDocs } from '#schemas/settings/ruleDocs.ts';
import { type RuleMetadata, ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { fileRules } from '../config/rules/fileRules.ts';

export interface RuleHelp {
  readonly title: string;
  readonly why: string;
  readonly text: string;
  readonly markdown: string;
}

const fixes: Readonly<Record<RuleMetadata['fix'], string>> = {
  safe: '`jarviscore-fleet check --fix` mends it.',
  unsafe: '`jarviscore-fleet check --unsafe-fixes` mends it; that changes what runs.',
  none: 'It has to be mended by hand.',
};

function silence(id: string): string {
  const severity = `set "${id}" to "off" under "severities" in jarviscore-fleet.json`;
  if (fileRules.has(id)) return `To silence it, name the file under "ignores" in jarviscore-fleet.json, or ${severity}.`;
  return `To silence it, put \`# jarviscore: ignore ${id}\` alone on the line above (\`//\` in JSON), or ${severity}.`;
}

function exampleOf(heading: string, shown: unknown): string[] {
  if (typeof shown === 'string') return ['', `**${heading}**: ${shown}`];
  const files = typeof shown === 'object' && shown !== null && 'files' in shown ? (shown.files as Record<string, string>) : {};
  const blocks = Object.entries(files).flatMap(([path, text]) => ['', `\`${path}\``, '', '```text', text.trimEnd(), '```']);
  return ['', `**${heading}**`, ...blocks];
}

/** Null for an id that is no rule. */
export function ruleHelp(id: string): RuleHelp | null {
  const rule = ruleInventory.get(id);
  if (rule === undefined) return null;
  const doc = ruleDocs.get(id);
  const why = doc?.why ?? `${rule.title}.`;
  const markdown = [
    `# ${rule.title}`,
    '',
    why,
    ...(doc === undefined ? [] : [...exampleOf('Reported', doc.bad), ...exampleOf('Not reported', doc.good)]),
    '',
    fixes[rule.fix],
    '',
    silence(id),
  ].join('\n');
  const text = [why, fixes[rule.fix], silence(id)].join(' ').replaceAll('`', '');
  return { title: rule.title, why, text, markdown };
}

const securityItems: ReadonlySet<string> = new Set(['S1', 'S2', 'S3', 'S6']);
/** Rules of other families whose mistake opens something. */
const securityRules: ReadonlySet<string> = new Set([
  'approval-key-weak',
  'browser-ignore-https',
  'journal-dir-committed',
  'systemd-env-secret',
  'tls-insecure',
]);

const scores: Readonly<Record<RuleMetadata['severity'], string>> = { error: '8.0', warning: '6.0', info: '3.0', hint: '1.0' };

/** GitHub's `security-severity` (0 to 10) of a rule about security; null for all others. */
export function securitySeverity({ id, section, checklist, severity }: RuleMetadata): string | null {
  const security =
    section.startsWith('9.') ||
    section.startsWith('10.') ||
    securityRules.has(id) ||
    checklist.some((item) => securityItems.has(item));
  return security ? scores[severity] : null;
}
