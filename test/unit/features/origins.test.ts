import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { definition } from '#server/config/features/definition.ts';
import { hintKinds, inlayHints } from '#server/config/features/inlayHints.ts';
import { links } from '#server/config/features/links.ts';
import { references } from '#server/config/features/references.ts';
import { counts, sitesOf } from '#server/config/features/sites.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { type Files, modelOf, pathOf } from '../rules/workspace.ts';
import { everyKind, finish } from './places.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const whole = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };

function filesOf(folder: string): Files {
  const names = readdirSync(fixtures + folder, { recursive: true, encoding: 'utf8' }).filter((name) => kindOf(name) !== null);
  return Object.fromEntries(names.map((name) => [name, readFileSync(`${fixtures}${folder}/${name}`, 'utf8')]));
}

const productions = readdirSync(`${fixtures}production`).map((release) => `production/${release}`);
const workspaces: readonly (readonly [string, Files])[] = [
  ['every kind of file', everyKind],
  ...['demo', ...productions].map((folder) => [folder, filesOf(folder)] as const),
];

describe.each(workspaces)('%s', (_name, files) => {
  it('leads from every origin of the effective settings to its line', () => {
    const model = modelOf(files);
    let origins = 0;
    for (const process of model.processes) {
      for (const { name, winner } of process.settings.values()) {
        const { uri, range } = winner.origin;
        if (uri === null || range === null) continue;
        origins++;
        const found = finish(definition(model, uri, range.start, null))?.places ?? [];
        const lines = found.map((place) => [place.uri, place.whole.start.line, place.whole.end.line] as const);
        const there = lines.some(([at, first, last]) => at === uri && first <= range.start.line && range.start.line <= last);
        expect(there, `${name} of ${process.name} at ${pathOf(uri)}:${range.start.line + 1}: ${JSON.stringify(lines)}`).toBe(
          true,
        );
      }
    }
    expect(origins).toBeGreaterThan(10);
  });

  it('gives one set of references from each of its members', () => {
    const model = modelOf(files);
    const answers = new Map<string, string>();
    for (const document of model.documents.values()) {
      for (const site of sitesOf(document).filter((one) => counts(model, one))) {
        const found = JSON.stringify(finish(references(model, site.uri, site.range.start, true)));
        expect(answers.get(site.key) ?? found).toBe(found);
        answers.set(site.key, found);
      }
    }
    expect(answers.size).toBeGreaterThan(5);
  });

  it('puts names, hints and links inside their documents', () => {
    const model = modelOf(files);
    for (const document of model.documents.values()) {
      const lines = (files[pathOf(document.uri)] ?? '').split(/\r\n?|\n/);
      for (const { name, range, exact } of sitesOf(document))
        if (exact) expect(lines[range.start.line]?.slice(range.start.character, range.end.character)).toBe(name);
      for (const { position } of finish(inlayHints(model, document.uri, whole, new Set(hintKinds))))
        expect(position.character).toBeLessThanOrEqual(lines[position.line]?.length ?? -1);
      for (const { range, targets } of links(model, document.uri)) {
        expect(range.end.character).toBeLessThanOrEqual(lines[range.end.line]?.length ?? -1);
        expect(targets.length).toBeGreaterThan(0);
      }
    }
  });
});
