/**
 * What the framework itself ships (examples, templates, documents, the snippets in them) is checked against the release
 * that ships it. Every expected line was read against that release's source and is true; the lists are the expectation,
 * the files are not checked in.
 */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { sourceArchive } from '../python.ts';
import { type Corpus, readCorpus } from './corpus.ts';
import { fileFindings, lineOf, type Reported, snippetFindings } from './findings.ts';

const fixtures = new URL('../../fixtures/rules/', import.meta.url);

interface Expected {
  readonly files: readonly string[];
  readonly snippets: readonly string[];
  /** Lines without a reason: nobody has read that finding. */
  readonly unexplained: readonly string[];
}

/**
 * The list of a release: findings on files, then, below `[snippets]`, those on fenced blocks; behind ` -- ` why the
 * finding is a defect of that file.
 */
async function expected(release: string): Promise<Expected> {
  const text = await readFile(new URL(`shipped-${release}.txt`, fixtures), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const split = lines.indexOf('[snippets]');
  const findings = lines.map((line) => line.split(' -- ', 1)[0] ?? '');
  const unexplained = lines.filter((line, i) => i !== split && !/ -- \S/.test(line));
  return { files: findings.slice(0, split), snippets: findings.slice(split + 1), unexplained };
}

/** Least numbers of files and snippets in a source distribution: a corpus that was not found proves nothing. */
const sizes: Readonly<Record<string, readonly [files: number, snippets: number]>> = {
  '1.0.2': [273, 460],
  '1.3.2': [1539, 440],
  '1.5.1': [1545, 440],
  '1.14.1': [1569, 490],
  '2.4.1': [1613, 540],
  '3.0.0': [1630, 585],
};

describe.each(Object.keys(sizes))('jarviscore-framework %s', (release) => {
  let corpus: Corpus = { files: [], snippets: [] };
  let onFiles: Reported[] = [];

  beforeAll(async () => {
    corpus = await readCorpus(await sourceArchive(release));
    onFiles = fileFindings(corpus, release);
  });

  it('is there as a whole', () => {
    const [files, snippets] = sizes[release] ?? [0, 0];
    expect(corpus.files.length).toBeGreaterThanOrEqual(files);
    expect(corpus.snippets.length).toBeGreaterThanOrEqual(snippets);
  });

  it('gets exactly the findings that are true for its files', async () => {
    expect(onFiles.map(lineOf)).toEqual((await expected(release)).files);
  });

  it('gets exactly the findings that are true for the snippets of its documents', async () => {
    expect(snippetFindings(corpus, release).map(lineOf)).toEqual((await expected(release)).snippets);
  });

  it('has a reason for every finding', async () => {
    expect((await expected(release)).unexplained).toEqual([]);
  });

  it('gets no error on its own sources', () => {
    const sources = onFiles.filter(({ path }) => path.startsWith('jarviscore/') && !path.startsWith('jarviscore/data/'));
    expect(sources.filter(({ finding }) => finding.severity === 'error')).toEqual([]);
  });
});

describe('the template of 1.3.2', () => {
  it('has names nobody reads, found at their lines with the fix', async () => {
    const reported = fileFindings(await readCorpus(await sourceArchive('1.3.2')), '1.3.2');
    const renames = reported
      .filter(({ path, finding }) => path === 'jarviscore/data/.env.example' && finding.rule === 'jc-prefixed-p2p-var')
      .map(({ line, finding }) => `${line} ${finding.fixes[0]?.title}`);
    expect(renames).toEqual([
      '115 Rename to JARVISCORE_BIND_HOST',
      '116 Rename to JARVISCORE_BIND_PORT',
      '117 Rename to JARVISCORE_SEED_NODES',
    ]);
  });
});
