import type { Suppression } from '../model/types.ts';
import type { LineIndex } from '../text/lines.ts';

const marker = 'jarviscore:';
const pattern = /^[ \t]*#+[ \t]*jarviscore:[ \t]*ignore\b([^\r\n]*)$/i;

/**
 * Comments `# jarviscore: ignore RULE[, RULE]` that stand alone on a line, in any format whose comments start with `#`.
 * Text after `--` is a reason. Several in a row silence the same line.
 */
export function readSuppressions(text: string, lines: LineIndex): Suppression[] {
  if (!text.includes(marker)) return [];
  const found = new Map<number, string[]>();
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length)) {
    const line = lines.lineAt(at);
    const content = text.slice(lines.startOf(line), lines.startOf(line + 1)).replace(/[\r\n]+$/, '');
    const list = pattern.exec(content)?.[1];
    if (list === undefined || found.has(line)) continue;
    const named = (list.split('--', 1)[0] ?? '').split(/[\s,]+/).filter((word) => /^[a-z][a-z0-9-]*$/.test(word));
    found.set(line, named);
  }
  return [...found].map(([line, rules]) => {
    let target = line + 1;
    while (found.has(target)) target++;
    return { rules, line: target };
  });
}
