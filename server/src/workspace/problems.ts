/** A file that could not be read, as a finding at its first character. */
import type { Finding } from '../config/model/types.ts';
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
  }
}
