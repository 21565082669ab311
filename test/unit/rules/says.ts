/** Tables of small workspaces with all that one rule says about each of them. */
import { describe, expect, it } from 'vitest';
import { said } from './said.ts';
import type { Files, WorkspaceOptions } from './workspace.ts';

type Row = readonly [files: Files, lines: readonly string[], options?: WorkspaceOptions];

const titleOf = ([files, , options]: Row): string =>
  [...Object.entries(files).map(([path, text]) => `${path}: ${text}`), JSON.stringify(options ?? {})]
    .join(' ')
    .replaceAll('\n', '⏎');

/** One test for each workspace: exactly these lines are said by the rule. */
export function says(id: string, rows: readonly Row[]): void {
  describe(id, () => {
    for (const [i, row] of rows.entries()) {
      const [files, lines, options] = row;
      it(`${i + 1}. ${titleOf(row)}`, () => {
        expect(said(id, files, options)).toEqual(lines);
      });
    }
  });
}
