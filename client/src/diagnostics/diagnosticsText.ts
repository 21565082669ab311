/**
 * What somebody who is to help needs to know, as Markdown for an issue. In English whatever the language of the window, for
 * whoever reads it, and without values that could be secret: no environment, no file contents, no messages.
 */

import type { FleetView } from '#schemas/fleet/view.ts';
import { maskText, soundsLikeSecret } from '#schemas/settings/secretNames.ts';
import type { WindowFacts } from '../views/sidebarState.ts';

/** A setting that is not at its default. */
export interface ChangedSetting {
  readonly key: string;
  readonly value: unknown;
  /** A word from a list of the manifest. */
  readonly listed: boolean;
  /** "user", "workspace", "folder". */
  readonly where: string;
}

export interface DiagnosticsFacts {
  readonly extension: string;
  readonly vscode: string;
  readonly node: string;
  /** "linux x64". */
  readonly platform: string;
  /** "ssh-remote"; null: everything is local. */
  readonly remote: string | null;
  readonly language: string;
  readonly folders: number;
  readonly window: WindowFacts;
  readonly settings: readonly ChangedSetting[];
  readonly view: FleetView | null;
  /** Oldest first. */
  readonly log: readonly string[];
}

/** Names of URLs are held back whole: which part of one is secret depends on whom it leads to. */
function mask(text: string): string {
  return maskText(text, (name) => soundsLikeSecret(name) || /(?:^|_)UR[LI]$/i.test(name));
}

/** Text that a person wrote is not repeated; numbers, switches, releases and words from a list are. */
function settingValue({ value, listed }: ChangedSetting): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return listed || /^\d+\.\d+\.\d+$/.test(value) ? value : `text of ${value.length} characters`;
  if (Array.isArray(value)) return `list of ${value.length}`;
  return typeof value === 'object' && value !== null ? `object with ${Object.keys(value).length} keys` : 'null';
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): string {
  const counts = Object.entries(Object.groupBy(items, keyOf)).map(([key, found]) => `${found?.length ?? 0} ${key}`);
  return counts.length === 0 ? 'none' : counts.sort().join(', ');
}

function fleetLines({ project, target, python, node, expected, peers, roles, sources }: FleetView): string[] {
  const lines = [
    `JarvisCore project: ${project ? 'yes' : 'no'}`,
    `Framework release assumed: ${target.release} (${target.origin})`,
    `Python: ${python ? 'found' : 'not found'}`,
    `Local node: ${node.phase}, ${node.restarts} restarts after a crash`,
    `Seeds: ${countBy(node.seeds, ({ state }) => state)}`,
    `Peers: ${countBy(peers, ({ seen, state }) => (seen ? state : 'never seen'))}; declared ${expected}`,
    `Behaviours: ${countBy(peers, ({ mesh }) => mesh?.behaviour?.releases ?? 'not known')}`,
    `Marks: ${countBy(
      peers.flatMap(({ mesh }) => mesh?.marks ?? []),
      ({ kind }) => kind,
    )}`,
    `Roles: ${roles.length}, ${roles.filter(({ gone }) => gone).length} of them gone`,
    `Other servers: ${countBy(sources, ({ source, state }) => `${source} ${state}`)}`,
  ];
  if (node.error !== null) lines.push(`Error: ${node.error.code}: ${node.error.message}`);
  return lines;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

export function diagnosticsText(facts: DiagnosticsFacts): string {
  const { window, view, settings, log } = facts;
  const trust = window.trusted ? 'trusted' : 'not trusted';
  const versions = [
    `JarvisCore Fleet ${facts.extension}`,
    `VS Code ${facts.vscode}, ${facts.language}`,
    `Node ${facts.node}, ${facts.platform}`,
    `Remote: ${facts.remote ?? 'no'}`,
    `Workspace: ${facts.folders} folders, ${trust}`,
    `Language server: ${window.server}`,
  ];
  const changed = settings.map((setting) => `${setting.key} = ${settingValue(setting)} (${setting.where})`);
  const longest = Math.max(0, ...log.map((line) => Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length))));
  // Longer than any run of backticks in the lines, which would end the block.
  const fence = '`'.repeat(Math.max(3, longest + 1));
  const sections: readonly (readonly [string, string])[] = [
    ['Versions', list(versions)],
    ['Settings that differ from their defaults', changed.length === 0 ? 'none' : list(changed)],
    ['Fleet', view === null ? 'not known' : list(fleetLines(view))],
    ['Last lines of the log', log.length === 0 ? 'none' : `${fence}text\n${log.join('\n')}\n${fence}`],
  ];
  return mask(sections.map(([title, text]) => `## ${title}\n\n${text}\n`).join('\n'));
}
