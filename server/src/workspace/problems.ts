/** A file that could not be read, as a finding at its first character. */
import type { Finding, SourceDocument } from '../config/model/types.ts';
import type { FileProblem } from './files.ts';

const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function fileFindings(uri: string, problem: FileProblem): Finding[] {
  const base = { uri, range: start, setting: null, related: [], fixes: [] };
  switch (problem.code) {
    case 'too-large':
      return [{ ...base, rule: 'file-too-large', severity: 'warning', message: problem.message }];
    case 'not-utf8':
      return [{ ...base, rule: 'file-not-utf8', severity: 'error', message: `${problem.message} Save it as UTF-8.` }];
    case 'unreadable':
      return [{ ...base, rule: 'file-unreadable', severity: 'error', message: problem.message }];
    case 'pipe':
      // python-dotenv reads pipes since 1.2.0, and password managers hand secrets over in them: nothing is wrong with one.
      return [{ ...base, rule: 'file-unreadable', severity: 'info', message: problem.message }];
  }
}

/** A document whose reader gave up on the text as a whole. */
export function unreadFindings({ uri, marks }: SourceDocument): Finding[] {
  return marks.flatMap(({ name, range, value }): Finding[] => {
    // What a generator turns into a manifest is no manifest yet: nothing is wrong with it.
    if (name !== 'not-read' || value?.startsWith('a template') === true) return [];
    const base = { uri, range, setting: null, related: [], fixes: [] };
    if (value?.startsWith('longer than') === true) {
      const message = `The file is ${value}, so it is not checked. Split it, or move what is no configuration to another file.`;
      return [{ ...base, rule: 'file-too-large', severity: 'warning', message }];
    }
    const message = `The file is not checked: ${value}. Check its syntax, or simplify it.`;
    return [{ ...base, rule: 'file-unreadable', severity: 'error', message }];
  });
}
