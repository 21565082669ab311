/** Coverage by lines: of the test processes, and of the processes that tests start. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { linesThatRan, type Piece, piecesOfBundle, piecesOfSource } from './sourceMappings.ts';

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
  /** The maps of the scripts that name one, by the script's address. Bundles of tests are gone when their reports are read. */
  'source-map-cache': z.record(z.string(), z.unknown()).default({}),
});
const cachedMapSchema = z.object({
  lineLengths: z.array(z.int()),
  data: z.object({ sources: z.array(z.string()), mappings: z.string() }),
});

/** File (relative, with /) -> line -> whether it ran. */
export type Lines = Map<string, Map<number, boolean>>;

const shown = (root: string, path: string): string => relative(root, path).split(sep).join('/');

/** Adds what vitest counted. @param report coverage-final.json, istanbul's format */
export function addCounted(root: string, report: string, lines: Lines): void {
  for (const { path, statementMap, s } of Object.values(reportSchema.parse(JSON.parse(report)))) {
    const file = shown(root, path);
    const of = lines.get(file) ?? new Map<number, boolean>();
    lines.set(file, of);
    for (const [id, { start }] of Object.entries(statementMap))
      of.set(start.line, of.get(start.line) === true || (s[id] ?? 0) > 0);
  }
}

interface Script {
  readonly pieces: readonly Piece[];
  /** What the pieces' `source` counts in, relative. */
  readonly files: readonly string[];
}

export interface ChildReports {
  /** Reports that say something about a counted file. */
  readonly used: number;
  /** Reports that a process left half written because it was killed. */
  readonly damaged: number;
}

/**
 * Adds what processes ran that wrote V8's own reports into `folder`: in bundles, by the maps in the reports, and in sources
 * that Node ran as they are. Only lines that vitest knows count: the two tell statements apart in different ways, but agree
 * on lines.
 */
export function addChildren(root: string, folder: string, lines: Lines): ChildReports {
  const scripts = new Map<string, Script | null>();
  let [used, damaged] = [0, 0];
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const report = reportOf(join(folder, name));
    if (report === null) {
      damaged += 1;
      continue;
    }
    let says = false;
    for (const coverage of report.result) {
      if (!coverage.url.startsWith('file://')) continue;
      const known = scripts.get(coverage.url);
      const script = known === undefined ? scriptOf(root, coverage.url, report['source-map-cache'][coverage.url], lines) : known;
      scripts.set(coverage.url, script);
      if (script === null) continue;
      says = true;
      for (const key of linesThatRan(script.pieces, coverage)) {
        const [source = 0, line = 0] = key.split(':').map(Number);
        const of = lines.get(script.files[source] ?? '');
        if (of?.has(line)) of.set(line, true);
      }
    }
    if (says) used += 1;
  }
  return { used, damaged };
}

/** Null for scripts that hold no counted line. */
function scriptOf(root: string, url: string, cachedMap: unknown, lines: Lines): Script | null {
  const cached = cachedMapSchema.safeParse(cachedMap);
  if (cached.success) {
    const { lineLengths, data } = cached.data;
    const files = data.sources.map((source) => (source.startsWith('file://') ? shown(root, fileURLToPath(source)) : source));
    return files.some((file) => lines.has(file)) ? { pieces: piecesOfBundle(lineLengths, data.mappings), files } : null;
  }
  const path = fileURLToPath(url);
  const file = shown(root, path);
  return lines.has(file) ? { pieces: piecesOfSource(readFileSync(path, 'utf8')), files: [file] } : null;
}

function reportOf(file: string): z.infer<typeof rawSchema> | null {
  try {
    return rawSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
