/** Coverage by lines: of the test processes, and of the processes that tests start. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { linesThatRan, type Piece, piecesOf, type SourceMap } from './sourceMappings.ts';

const positionSchema = z.object({ line: z.int() });
const reportSchema = z.record(
  z.string(),
  z.object({
    path: z.string(),
    statementMap: z.record(z.string(), z.object({ start: positionSchema })),
    s: z.record(z.string(), z.number()),
  }),
);
const rawSchema = z.object({
  result: z.array(
    z.object({
      url: z.string(),
      functions: z.array(
        z.object({ ranges: z.array(z.object({ startOffset: z.int(), endOffset: z.int(), count: z.number() })) }),
      ),
    }),
  ),
});

/** File (relative, with /) -> line -> whether it ran. */
export type Lines = Map<string, Map<number, boolean>>;

const shown = (root: string, path: string): string => relative(root, path).split(sep).join('/');

/** What vitest counted. @param report coverage-final.json, istanbul's format */
export function countedLines(root: string, report: string): Lines {
  const lines: Lines = new Map();
  for (const { path, statementMap, s } of Object.values(reportSchema.parse(JSON.parse(report)))) {
    const of = new Map<number, boolean>();
    for (const [id, { start }] of Object.entries(statementMap))
      of.set(start.line, of.get(start.line) === true || (s[id] ?? 0) > 0);
    lines.set(shown(root, path), of);
  }
  return lines;
}

interface Bundle {
  readonly pieces: readonly Piece[];
  readonly files: readonly string[];
}

function bundleOf(root: string, file: string): Bundle | null {
  if (!existsSync(`${file}.map`)) return null;
  const map = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMap;
  const files = map.sources.map((source) => shown(root, resolve(dirname(file), source)));
  return { pieces: piecesOf(readFileSync(file, 'utf8'), map), files };
}

/**
 * Adds what processes ran that wrote V8's own reports into `folder`. Only lines that vitest knows count: the two tell
 * statements apart in different ways, but agree on lines.
 *
 * @returns number of reports about bundles
 */
export function addChildren(root: string, folder: string, lines: Lines): number {
  const bundles = new Map<string, Bundle | null>();
  let reports = 0;
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    for (const script of scriptsOf(join(folder, name))) {
      if (!script.url.startsWith('file://')) continue;
      const file = fileURLToPath(script.url);
      if (dirname(file) !== join(root, 'dist')) continue;
      const bundle = bundles.has(file) ? bundles.get(file) : bundleOf(root, file);
      bundles.set(file, bundle ?? null);
      if (bundle == null) continue;
      reports += 1;
      for (const key of linesThatRan(bundle.pieces, script)) {
        const [source = 0, line = 0] = key.split(':').map(Number);
        const of = lines.get(bundle.files[source] ?? '');
        if (of?.has(line)) of.set(line, true);
      }
    }
  }
  return reports;
}

/** A process that was killed leaves half a report. */
function scriptsOf(file: string): z.infer<typeof rawSchema>['result'] {
  try {
    return rawSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).result;
  } catch {
    return [];
  }
}
