/** One page per rule, and the index of them. */
import { effectIn, newestRelease } from '#schemas/settings/catalogue.ts';
import { type RuleExample, ruleDocs } from '#schemas/settings/ruleDocs.ts';
import { type RuleMetadata, ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { code } from '#server/config/features/wording.ts';
import type { Fix } from '#server/config/model/types.ts';
import { fileRules } from '#server/config/rules/fileRules.ts';
import { describeRange, settingOfMeshKey, settingOfVariable } from '#server/config/rules/settingIndex.ts';
import { type Files, optionsOf } from './exampleWorkspace.ts';
import { changesOf, placeText } from './findingText.ts';
import { firedFindings } from './firedFindings.ts';

const fixWords: Readonly<Record<RuleMetadata['fix'], string>> = {
  safe: 'yes, safe: every effective setting stays as it is',
  unsafe: 'yes, asks first: it changes what runs',
  none: 'no',
};

function releasesOf(rule: RuleMetadata): string {
  const ranges = Array.isArray(rule.releases) ? rule.releases : [rule.releases];
  return ranges.map(({ from, to }) => describeRange(from, to)).join(', ');
}

/** Who reads the settings of the rule in the newest release; the evidence that needs no hand. */
function readersOf(rule: RuleMetadata): readonly string[] {
  return rule.settings.slice(0, 6).flatMap((name) => {
    const setting = settingOfVariable(name) ?? settingOfMeshKey(name);
    const effect = setting === undefined ? undefined : effectIn(setting, newestRelease);
    const readers = effect?.readBy.slice(0, 2) ?? [];
    return readers.length === 0 ? [] : [`- ${code(name)}: ${readers.map(code).join(', ')}`];
  });
}

const languageOf = (path: string): string =>
  path.endsWith('.py') ? 'python' : path.includes('.env') ? 'dotenv' : path.endsWith('.json') ? 'jsonc' : 'text';

function example(title: string, shown: RuleExample | string): string[] {
  if (typeof shown === 'string') return [`**${title}**`, '', shown];
  const { files, target, profile, tracked } = shown;
  const checked = [
    tracked === undefined ? null : tracked.length === 0 ? 'a git repository' : `git tracks ${tracked.map(code).join(', ')}`,
    target === undefined ? null : `release ${target}`,
    profile === 'production' ? 'profile production' : null,
  ].filter((word) => word !== null);
  const lines = [`**${title}**${checked.length === 0 ? '' : ` (${checked.join(', ')})`}`];
  for (const [path, text] of Object.entries(files))
    lines.push('', `${code(path)}`, '', `\`\`\`${languageOf(path)}`, text.replace(/\n$/, ''), '```');
  return lines;
}

const fixLines = ({ title, safe, edits }: Fix, files: Files): string[] => [
  '',
  `Fix, ${safe ? 'safe' : 'asks first'}: ${title}`,
  '',
  '```diff',
  ...changesOf(edits, files),
  '```',
];

/** What `check` says about the bad example, and what the fixes make of it. */
function findings(id: string, shown: RuleExample | string): string[] {
  if (typeof shown === 'string') return [];
  const { files } = shown;
  const found = firedFindings(files, optionsOf(shown)).filter(({ rule }) => rule === id);
  const text = found.flatMap(({ uri, range, severity, message, related }) => [
    `${placeText(uri, range)} ${severity}: ${message}`,
    ...related.map((other) => `  ${placeText(other.uri, other.range)}: ${other.message}`),
  ]);
  return [
    '',
    '**Says**',
    '',
    '```text',
    ...text,
    '```',
    ...found.flatMap(({ fixes }) => fixes.flatMap((fix) => fixLines(fix, files))),
  ];
}

/** A file that cannot be read has no line for a comment. */
function silence({ id }: RuleMetadata): string {
  const severities = `set the severity of the rule to \`off\` in jarviscore-fleet.json or in the settings of the editor`;
  if (fileRules.has(id)) return `Leave the file out with \`ignores\` in jarviscore-fleet.json, or ${severities}.`;
  return `Put \`# jarviscore: ignore ${id}\` alone on the line above (\`//\` in JSON), or ${severities}.`;
}

export function rulePage(id: string): string {
  const rule = ruleInventory.get(id);
  const doc = ruleDocs.get(id);
  if (rule === undefined || doc === undefined)
    throw new Error(
      `Rule "${id}" lacks ${rule === undefined ? 'an inventory entry' : 'a text in schemas/settings/ruleDocs.json'}.`,
    );
  const exceptions = rule.severityWhen.map(
    ({ when, severity }) => `${severity === 'off' ? 'not reported' : severity} when: ${when}`,
  );
  const readers = readersOf(rule);
  const evidence = doc.evidence.map((place) => `- ${code(place)}`);
  const lines = [
    `# ${id}`,
    '',
    `${rule.title}.`,
    '',
    `- Severity: ${rule.severity}${exceptions.length === 0 ? '' : `; ${exceptions.join('; ')}`}`,
    `- Releases: ${releasesOf(rule)}`,
    `- Profile: ${rule.profile === 'production' ? 'production only' : 'any'}`,
    `- Files: ${rule.files.join(', ')}`,
    `- Fix: ${fixWords[rule.fix]}`,
    ...(rule.checklist.length === 0 ? [] : [`- Checklist: ${rule.checklist.join(', ')}`]),
    '',
    '## Why',
    '',
    doc.why,
    '',
    ...(evidence.length + readers.length === 0 ? [] : ['Where the framework shows it:', '', ...evidence, ...readers, '']),
    '## Example',
    '',
    ...example('Reported', doc.bad),
    ...findings(id, doc.bad),
    '',
    ...example('Not reported', doc.good),
    '',
    '## Silence it',
    '',
    silence(rule),
  ];
  return `${lines.join('\n')}\n`;
}

export function rulesIndex(ids: ReadonlySet<string>): string {
  const sections = new Map<string, string[]>();
  for (const rule of ruleInventory.values()) {
    if (!ids.has(rule.id)) continue;
    const rows = sections.get(rule.section) ?? [];
    rows.push(`| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.title} | ${rule.fix === 'none' ? '' : rule.fix} |`);
    sections.set(rule.section, rows);
  }
  const lines = [
    '# Rules',
    '',
    `${ids.size} rules. Each has a page with the reason, an example and the fix. Generated by \`npm run docs\`.`,
  ];
  for (const [section, rows] of sections)
    lines.push('', `## ${section}`, '', '| Rule | Severity | What it reports | Fix |', '|---|---|---|---|', ...rows);
  return `${lines.join('\n')}\n`;
}
