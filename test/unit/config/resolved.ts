/** What the model makes of small workspaces, as lines a person can judge. */
import { describe, expect, it } from 'vitest';
import { effectiveJson, effectiveReport, type ReportedCandidate } from '#server/config/model/effectiveReport.ts';
import type { DeclaredProcess, ProcessPorts } from '#server/config/model/types.ts';
import { type Files, modelOf, pathOf, type WorkspaceOptions } from '../rules/workspace.ts';

const p2pWords = new Map<boolean | null, string>([
  [true, 'P2P on'],
  [false, 'P2P off'],
  [null, 'P2P unknown'],
]);

const addressOf = ({ host, swim, offset, p2pEnabled }: ProcessPorts): string =>
  `${host ?? '?'}:${swim ?? '?'} + ${offset ?? '?'}, ${p2pWords.get(p2pEnabled)}`;

const list = (word: string, items: readonly string[]): string[] => (items.length === 0 ? [] : [`${word} ${items.join(', ')}`]);
const short = (id: string): string => id.replaceAll('file:///w/', '');

function headline(process: DeclaredProcess): string {
  const { declaration, deployment, uri, ports, hostGroup, hosts, environments, program, startedBy, profiles } = process;
  const { line, character } = declaration.range.start;
  return [
    `${process.name} (${declaration.kind}, ${deployment}) ${pathOf(uri)}:${line + 1}:${character + 1}`,
    addressOf(ports),
    ...list('seeds', ports.seeds),
    ...(hostGroup === 'file:///w' ? [] : [`on ${short(hostGroup)}`]),
    ...list('reached as', hosts),
    ...list('reads', environments.map(pathOf)),
    ...(program === null ? [] : [`runs ${short(program.uri)}`]),
    ...list('started by', startedBy.map(short)),
    ...list('profiles', profiles ?? []),
    ...(declaration.open ? ['not all known'] : []),
  ].join('; ');
}

function candidateLine(candidate: ReportedCandidate): string {
  const { origin, applied, note } = candidate;
  const value = 'error' in candidate ? `refused (${candidate.error})` : effectiveJson(candidate.value);
  const place = origin.file === null ? '' : ` ${origin.file}:${origin.line}`;
  const obeyed = applied === true ? '' : applied === false ? ', ignored' : ', perhaps';
  return `${value} from ${origin.kind}${place}${obeyed}${note === null ? '' : ` (${note})`}`;
}

/** A line for each process, then its settings that some file speaks about: the winner, and what it is preferred to. */
export function resolved(files: Files, options: WorkspaceOptions = {}): string[] {
  const model = modelOf(files, options);
  const { processes } = effectiveReport(model, { fileOf: pathOf });
  return model.processes.flatMap((process, i) => [
    headline(process),
    ...Object.entries(processes[i]?.settings ?? {}).flatMap(([name, { hides = [], ...winner }]) => {
      const losers = hides.filter(({ origin }) => origin.kind !== 'default');
      if (winner.origin.kind === 'default' && losers.length === 0) return [];
      return [`  ${name}: ${candidateLine(winner)}`, ...losers.map((loser) => `    over ${candidateLine(loser)}`)];
    }),
  ]);
}

type Row = readonly [files: Files, lines: readonly string[], options?: WorkspaceOptions];

const titleOf = ([files, , options]: Row): string =>
  [...Object.entries(files).map(([path, text]) => `${path}: ${text}`), JSON.stringify(options ?? {})]
    .join(' ')
    .replaceAll('\n', '⏎');

/** One test for each workspace: exactly these processes with these settings. */
export function resolves(what: string, rows: readonly Row[]): void {
  describe(what, () => {
    for (const [i, row] of rows.entries()) {
      const [files, lines, options] = row;
      it(`${i + 1}. ${titleOf(row)}`, () => {
        expect(resolved(files, options)).toEqual(lines);
      });
    }
  });
}
