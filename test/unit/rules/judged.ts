/** What the checklists say of small workspaces, and which processes are taken for one fleet. */
import { describe, expect, it } from 'vitest';
import { fleetsOf } from '#server/config/rules/fleets.ts';
import { readiness } from '#server/config/rules/readiness.ts';
import { viewProcess } from '#server/config/rules/scopes.ts';
import { placeText } from '../../../scripts/docs/findingText.ts';
import { type Files, modelOf, type WorkspaceOptions } from './workspace.ts';

/** `P1 fail (.env:1:1) message -> what to do`. */
export function judged(files: Files, options: WorkspaceOptions = {}): string[] {
  return readiness(modelOf(files, options)).map(({ item, status, evidence, message, remedy }) => {
    const places = evidence.length === 0 ? '' : ` (${evidence.map(({ uri, range }) => placeText(uri, range)).join(', ')})`;
    return `${item} ${status}${places} ${message}${remedy === '' ? '' : ` -> ${remedy}`}`;
  });
}

/** The names of the processes of each fleet. */
export function fleets(files: Files, options: WorkspaceOptions = {}): string[] {
  const model = modelOf(files, options);
  const views = model.processes.map((process) => viewProcess(model, process));
  return fleetsOf(views).map(({ nodes }) => nodes.map(({ view }) => view.name).join(', '));
}

type Row = readonly [files: Files, lines: readonly string[], options?: WorkspaceOptions];

const titleOf = ([files, , options]: Row): string =>
  [...Object.entries(files).map(([path, text]) => `${path}: ${text}`), JSON.stringify(options ?? {})]
    .join(' ')
    .replaceAll('\n', '⏎');

function table(ask: (files: Files, options?: WorkspaceOptions) => string[]) {
  return (what: string, rows: readonly Row[]): void => {
    describe(what, () => {
      for (const [i, row] of rows.entries()) {
        const [files, lines, options] = row;
        it(`${i + 1}. ${titleOf(row)}`, () => {
          expect(ask(files, options)).toEqual(lines);
        });
      }
    });
  };
}

export const judges = table(judged);
export const fleetsAre = table(fleets);
