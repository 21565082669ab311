/**
 * What the framework itself ships (templates, examples) is checked as installed. Every expected line was read by a
 * person and is true: no error, and hints only where the release really behaves so.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { buildModel } from '#server/config/model/build.ts';
import type { Finding } from '#server/config/model/types.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { check } from '#server/config/rules/engine.ts';
import { venv } from '../python.ts';

const run = promisify(execFile);
const fixtures = new URL('../../fixtures/rules/', import.meta.url);

/** The folder of the installed package. */
async function packageFolder(release: string): Promise<string> {
  const { stdout } = await run(await venv(release), [
    '-c',
    'import importlib.util as u; print(u.find_spec("jarviscore").submodule_search_locations[0])',
  ]);
  return stdout.trim();
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== '__pycache__') yield* filesBelow(path);
    } else if (kindOf(path) !== null) yield path;
  }
}

async function findingsBelow(
  folder: string,
  target: string,
): Promise<{ readonly lines: string[]; readonly findings: Finding[] }> {
  const context = createReaderContext();
  const documents = [];
  for await (const path of filesBelow(folder)) {
    const kind = kindOf(path);
    if (kind !== null)
      documents.push(readDocument({ uri: pathToFileURL(path).href, text: await readFile(path, 'utf8'), kind }, context));
  }
  const root = pathToFileURL(folder).href;
  const findings = check(buildModel(documents, { roots: [root], target }));
  const lines = findings.map((finding) => {
    const path = relative(folder, new URL(finding.uri).pathname);
    return `${path}:${finding.range.start.line + 1} ${finding.severity} ${finding.rule} ${finding.setting ?? ''}`.trim();
  });
  return { lines, findings };
}

async function expected(release: string): Promise<string[]> {
  const text = await readFile(new URL(`shipped-${release}.txt`, fixtures), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe.each(['1.0.2', '1.3.2', '3.0.0'])('jarviscore-framework %s', (release) => {
  it('gets exactly the findings that are true for what it ships', async () => {
    const { lines } = await findingsBelow(join(await packageFolder(release), 'data'), release);
    expect(lines).toEqual(await expected(release));
  });

  it('gets no error on its own sources', async () => {
    const { lines } = await findingsBelow(await packageFolder(release), release);
    expect(lines.filter((line) => / error /.test(line) && !line.startsWith('data/'))).toEqual([]);
  });
});

describe('the template of 1.3.2', () => {
  it('has names nobody reads, found at their lines with the fix', async () => {
    const { findings } = await findingsBelow(join(await packageFolder('1.3.2'), 'data'), '1.3.2');
    const renames = findings
      .filter((finding) => finding.rule === 'jc-prefixed-p2p-var')
      .map((finding) => `${finding.range.start.line + 1} ${finding.fixes[0]?.title}`);
    expect(renames).toEqual([
      '115 Rename to JARVISCORE_BIND_HOST',
      '116 Rename to JARVISCORE_BIND_PORT',
      '117 Rename to JARVISCORE_SEED_NODES',
    ]);
  });
});
