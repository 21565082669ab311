/** What the checker says about everything a release ships, one line a finding. */
import { buildModel } from '#server/config/model/build.ts';
import type { Finding, SourceDocument } from '#server/config/model/types.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { check } from '#server/config/rules/engine.ts';
import type { Corpus } from './corpus.ts';

export interface Reported {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  readonly finding: Finding;
}

const root = 'file:///shipped';

/** All files as the one workspace they are unpacked to. */
export function fileFindings({ files }: Corpus, target: string): Reported[] {
  const context = createReaderContext();
  const documents = files.map(({ path, text, kind }) => readDocument({ uri: `${root}/${path}`, text, kind }, context));
  return findingsOf(documents, target).map((finding) => ({
    path: finding.uri.slice(root.length + 1),
    line: finding.range.start.line + 1,
    finding,
  }));
}

/** Every snippet as the only file of its workspace: what a person has who pastes it. */
export function snippetFindings({ snippets }: Corpus, target: string): Reported[] {
  return snippets.flatMap(({ path, line, fileName, text, kind }) => {
    const document = readDocument({ uri: `${root}/${fileName}`, text, kind }, createReaderContext());
    return findingsOf([document], target).map((finding) => ({ path, line: line + finding.range.start.line + 1, finding }));
  });
}

function findingsOf(documents: readonly SourceDocument[], target: string): Finding[] {
  return check(buildModel(documents, { roots: [root], target }));
}

/** `path:line severity rule KEY` */
export function lineOf({ path, line, finding }: Reported): string {
  return `${path}:${line} ${finding.severity} ${finding.rule} ${finding.setting ?? ''}`.trim();
}
