/** `explain`: what a rule or a setting means, who reads it in which release, an example, the fix. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fleetFileName } from '#schemas/project/fleetFile.ts';
import {
  defaultIn,
  effectIn,
  effectMeaning,
  inRange,
  newestRelease,
  type Release,
  type Setting,
  settings,
} from '#schemas/settings/catalogue.ts';
import { type RuleMetadata, ruleInventory, type Severity } from '#schemas/settings/ruleInventory.ts';
import { fileRules } from '../config/rules/fileRules.ts';
import { editDistance } from '../config/rules/similarity.ts';
import { type CliContext, UsageError } from './context.ts';
import type { Item } from './items.ts';
import { projectSettings } from './load.ts';

interface ExplainOptions {
  readonly target?: Release;
  readonly format: 'text' | 'json';
}

export function explainCommand(name: string, options: ExplainOptions, context: CliContext): number {
  const rule = ruleInventory.get(name);
  const found = rule === undefined ? settingsNamed(name) : [];
  if (rule === undefined && found.length === 0)
    throw new UsageError(`Neither a rule nor a setting is called ${name}.${suggestion(name)}`);
  const project = projectSettings(context);
  const release = options.target ?? project?.target ?? newestRelease;
  if (options.format === 'json') {
    const items = rule === undefined ? found.map((setting) => settingItem(setting, release)) : [ruleItem(rule)];
    context.out(JSON.stringify(items));
  } else {
    context.out(
      rule === undefined
        ? found.map((setting) => settingText(setting, release)).join('\n\n')
        : ruleText(rule, project?.severities?.[rule.id], context),
    );
  }
  return 0;
}

function settingsNamed(name: string): readonly Setting[] {
  const upper = name.toUpperCase();
  return settings.filter(
    ({ envName, meshKey, aliases }) =>
      envName?.toUpperCase() === upper ||
      meshKey?.toUpperCase() === upper ||
      aliases.some((alias) => alias.toUpperCase() === upper),
  );
}

function suggestion(name: string): string {
  const upper = name.toUpperCase();
  const known = [...ruleInventory.keys(), ...settings.flatMap(({ envName, meshKey }) => [envName, meshKey])];
  const near = new Set<string>();
  for (const candidate of known) {
    if (candidate !== null && editDistance(upper, candidate.toUpperCase(), 3) <= 3) near.add(candidate);
  }
  const names = [...near].slice(0, 5);
  return names.length === 0 ? '' : ` Did you mean ${names.join(', ')}?`;
}

function released(from: Release | null, to: Release | null): string {
  if (from === null && to === null) return 'every release';
  if (to === null) return `${from ?? 'the first release'} and later`;
  return from === null ? `up to ${to}` : `${from} to ${to}`;
}

function releasesOf({ releases }: RuleMetadata): string {
  const ranges = Array.isArray(releases) ? releases : [releases];
  return ranges.map(({ from, to }) => released(from, to)).join(', ');
}

const fixText: Readonly<Record<RuleMetadata['fix'], string>> = {
  safe: '--fix applies a fix that keeps every effective setting.',
  unsafe: '--unsafe-fixes applies a fix that changes what runs.',
  none: 'There is no automatic fix.',
};

function ruleText(rule: RuleMetadata, chosen: Severity | 'off' | undefined, context: CliContext): string {
  const lines = [
    `${rule.id}: ${rule.title}`,
    `${rule.severity}${rule.profile === 'production' ? ', in production only' : ''} · jarviscore-framework ${releasesOf(rule)}`,
    `Reported in: ${rule.files.join(', ')}`,
  ];
  if (chosen !== undefined) lines.push(`Here: ${chosen === 'off' ? 'off' : `always ${chosen}`} (${fleetFileName})`);
  if (rule.settings.length > 0) lines.push(`Settings: ${rule.settings.join(', ')}`);
  for (const { when, severity } of rule.severityWhen) lines.push(`${severity === 'off' ? 'Not reported' : severity}: ${when}`);
  if (rule.supersedes.length > 0) lines.push(`On the same line it replaces: ${rule.supersedes.join(', ')}`);
  lines.push(fixText[rule.fix]);
  const page = documentation(rule.id, context);
  if (page !== null) lines.push('', page);
  if (!fileRules.has(rule.id)) lines.push('', `To silence it, put "# jarviscore: ignore ${rule.id}" alone on the line above.`);
  return lines.join('\n');
}

/** The rule's page without its title, which stands above already. */
function documentation(id: string, context: CliContext): string | null {
  try {
    const page = readFileSync(join(context.bundleFolder, '..', 'docs', 'rules', `${id}.md`), 'utf8');
    return page.replace(/^#[^\n]*\n+/, '').trim();
  } catch {
    return null;
  }
}

function ruleItem(rule: RuleMetadata): Item {
  return {
    item: rule.id,
    status: rule.severity,
    evidence: [],
    message: `${rule.title} (${releasesOf(rule)})`,
    remedy: fixText[rule.fix],
  };
}

function settingText(setting: Setting, release: Release): string {
  const { envName, meshKey, type, unit, values, min, max, rangeReason } = setting;
  const lines = [`${envName ?? meshKey ?? ''}: ${setting.description}`];
  if (setting.note !== undefined) lines.push(setting.note);
  if (envName !== null && meshKey !== null) lines.push(`Key in Mesh(config={...}): ${meshKey}`);
  const facts = [
    `type ${type}${unit === null || unit === type ? '' : ` (${unit})`}`,
    `default ${show(defaultIn(setting, release))}`,
  ];
  if (values !== null) facts.push(`one of ${values.join(', ')}`);
  if (min !== null || max !== null) facts.push(`${min ?? '…'} to ${max ?? '…'}`);
  facts.push(setting.scope, ...(setting.secret && setting.scope !== 'secret' ? ['secret'] : []));
  lines.push(facts.join(' · '));
  if (rangeReason !== null) lines.push(`Why this range: ${rangeReason}`);
  if (!inRange(release, setting.since, setting.until))
    lines.push(`Release ${release} does not know it: it exists in ${released(setting.since, setting.until)}.`);
  lines.push('Who reads it:');
  for (const { from, to, effect, readBy, note } of setting.effects) {
    const marker = inRange(release, from, to) ? '*' : ' ';
    lines.push(`${marker} ${released(from, to)}: ${effectMeaning[effect]}${note === undefined ? '' : ` (${note})`}`);
    if (readBy.length > 0) lines.push(`    ${readBy.join(', ')}`);
  }
  if (setting.renamedTo !== undefined) lines.push(`It is called ${setting.renamedTo} now.`);
  if (setting.useInstead !== undefined) lines.push(`Use instead: ${setting.useInstead}`);
  lines.push('Example:', `    ${example(setting, release)}`);
  return lines.join('\n');
}

/** Where the release obeys it: an environment line, or a key of the Mesh dict. */
function example(setting: Setting, release: Release): string {
  const effect = effectIn(setting, release)?.effect;
  const { envName, meshKey } = setting;
  const fallback = defaultIn(setting, release);
  const value = setting.secret ? '<secret>' : fallback === null || fallback === '' ? `<${setting.type}>` : show(fallback);
  if (meshKey !== null && (envName === null || effect === 'mesh-config-only')) {
    const literal =
      typeof fallback === 'string' || setting.secret ? JSON.stringify(value) : fallback === null ? '...' : show(fallback);
    return `Mesh(config={"${meshKey}": ${literal === 'true' ? 'True' : literal === 'false' ? 'False' : literal}})`;
  }
  return `${envName ?? ''}=${value}`;
}

function show(value: unknown): string {
  return value === null || value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
}

function settingItem(setting: Setting, release: Release): Item {
  const effect = effectIn(setting, release);
  const message = `${setting.description} ${effect === undefined ? `Release ${release} does not read it.` : effectMeaning[effect.effect]}`;
  const remedy =
    setting.useInstead ?? (setting.renamedTo === undefined ? example(setting, release) : `Use ${setting.renamedTo}.`);
  return { item: setting.envName ?? setting.meshKey ?? '', status: effect?.effect ?? 'none', evidence: [], message, remedy };
}
