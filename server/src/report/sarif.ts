/** Findings as SARIF 2.1.0 (OASIS), which code scanning services and editors read. */
import type { CheckReport } from '#schemas/report/check.ts';
import { ruleInventory, type Severity } from '#schemas/settings/ruleInventory.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

type Item = CheckReport['findings'][number];

/** @param version of this package. */
export function writeSarif(report: CheckReport, version: string): string {
  const ids = [...new Set(report.findings.map((finding) => finding.rule))].sort();
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'jarviscore-fleet', version, rules: ids.map(describeRule) } },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: levels[finding.severity],
          message: { text: finding.message },
          locations: [location(finding.file, finding.range)],
          ...(finding.related.length > 0
            ? {
                relatedLocations: finding.related.map(({ file, range, message }, id) => ({
                  id,
                  ...location(file, range),
                  message: { text: message },
                })),
              }
            : {}),
        })),
      },
    ],
  });
}

function describeRule(id: string) {
  const metadata = ruleInventory.get(id);
  if (metadata === undefined) return { id };
  return { id, shortDescription: { text: metadata.title }, defaultConfiguration: { level: levels[metadata.severity] } };
}

/** SARIF counts lines and columns from 1, and an end column is the first one behind the text (3.30.8). */
function location(file: string, { start, end }: Item['range']) {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
      region: {
        startLine: start.line + 1,
        startColumn: start.character + 1,
        endLine: end.line + 1,
        endColumn: end.character + 1,
      },
    },
  };
}
