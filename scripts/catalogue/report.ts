/** What taking in a release did, as Markdown for the change that proposes it. */
import type { Taken } from './apply.ts';
import type { Extraction } from './extract.ts';

export function reportOf(release: string, { before, differences, toJudge }: Taken, { fields, reads }: Extraction): string {
  const size = `${Object.keys(fields).length} settings, ${Object.keys(reads).length} names read directly`;
  const title =
    before === null
      ? `${release} is catalogued: ${size}, ${differences.length === 0 ? 'no difference' : `${differences.length} differences`}`
      : `${release} taken in after ${before}: ${size}, ${differences.length} differences`;
  const rows = differences.map(({ kind, name, detail }) => `| ${kind} | \`${name}\` | ${detail.replaceAll('|', '\\|')} |`);
  const table = rows.length === 0 ? [] : ['', '| what | name | how |', '|---|---|---|', ...rows];
  const list = toJudge.length === 0 ? [] : ['', 'To judge:', '', ...toJudge.map((each) => `- [ ] ${each}`)];
  return `${[`## ${title}`, ...table, ...list].join('\n')}\n`;
}
