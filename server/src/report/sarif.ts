/** Findings as SARIF 2.1.0 (OASIS), which code scanning services and editors read. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { CheckReport } from '#schemas/report/check.ts';
import { ruleInventory, type Severity } from '#schemas/settings/ruleInventory.ts';
import { severityOrder } from './items.ts';
import { ruleHelp, securitySeverity } from './ruleHelp.ts';

/** What GitHub code scanning takes (docs.github.com, "SARIF results exceed one or more limits"); above it refuses the whole upload. */
export const uploadLimits = {
  results: 25_000,
  /** Of a result's places; it shows 100. */
  locations: 100,
  /** Bytes after gzip. */
  compressedBytes: 10 * 1024 * 1024,
  /** Of descriptions, in characters. */
  description: 1024,
} as const;

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

const problemSeverities: Readonly<Record<Severity, 'error' | 'warning' | 'recommendation'>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
  hint: 'recommendation',
};

type Item = CheckReport['findings'][number];

export interface Sarif {
  readonly text: string;
  /** One sentence when findings were left out; else null. */
  readonly notice: string | null;
}

/** @param version of this package. */
export function writeSarif(report: CheckReport, version: string): Sarif {
  const { findings } = report;
  let kept = gravest(findings, uploadLimits.results);
  for (;;) {
    const notice =
      kept.length === findings.length
        ? null
        : `${findings.length - kept.length} of ${findings.length} findings were left out, the least grave ones: code scanning takes ${uploadLimits.results} results and ${uploadLimits.compressedBytes / 1_048_576} MB per upload.`;
    const text = JSON.stringify(document(kept, version, notice));
    if (text.length <= uploadLimits.compressedBytes || gzipSync(text).length <= uploadLimits.compressedBytes)
      return { text, notice };
    kept = gravest(kept, Math.floor(kept.length / 2));
  }
}

/** The gravest findings, in their order. */
function gravest(findings: readonly Item[], most: number): readonly Item[] {
  if (findings.length <= most) return findings;
  const ranked = findings.map((finding, index) => ({ index, rank: severityOrder.indexOf(finding.severity) }));
  const chosen = new Set(
    ranked
      .sort((a, b) => a.rank - b.rank || a.index - b.index)
      .slice(0, most)
      .map(({ index }) => index),
  );
  return findings.filter((_, index) => chosen.has(index));
}

function document(findings: readonly Item[], version: string, notice: string | null): object {
  const ids = [...new Set(findings.map((finding) => finding.rule))].sort();
  const indices = new Map(ids.map((id, index) => [id, index]));
  const seen = new Map<string, number>();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'jarviscore-fleet', semanticVersion: version, version, rules: ids.map(describeRule) } },
        columnKind: 'utf16CodeUnits',
        ...(notice === null
          ? {}
          : {
              invocations: [
                { executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning', message: { text: notice } }] },
              ],
            }),
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: indices.get(finding.rule),
          level: levels[finding.severity],
          message: { text: clip(finding.message) },
          locations: [location(finding.file, finding.range)],
          partialFingerprints: { 'jarviscoreFinding/v1': fingerprint(finding, seen) },
          ...(finding.related.length > 0
            ? {
                relatedLocations: finding.related.slice(0, uploadLimits.locations - 1).map(({ file, range, message }, id) => ({
                  id,
                  ...location(file, range),
                  message: { text: clip(message) },
                })),
              }
            : {}),
        })),
      },
    ],
  };
}

/**
 * Which finding it is, whatever line it stands on. `primaryLocationLineHash` is left to the uploader: it is a hash of the
 * line's text, and a hash of a line with a short secret tells the secret.
 */
function fingerprint({ rule, file, setting }: Item, seen: Map<string, number>): string {
  const key = JSON.stringify([rule, file, setting]);
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return `${createHash('sha256').update(key).digest('hex').slice(0, 16)}:${count}`;
}

function describeRule(id: string): object {
  const metadata = ruleInventory.get(id);
  const help = ruleHelp(id);
  if (metadata === undefined || help === null) return { id };
  const security = securitySeverity(metadata);
  return {
    id,
    shortDescription: { text: clip(help.title) },
    fullDescription: { text: clip(help.why) },
    help: { text: help.text, markdown: help.markdown },
    defaultConfiguration: { level: levels[metadata.severity] },
    properties: {
      tags: ['configuration', 'jarviscore', ...(security === null ? [] : ['security'])],
      'problem.severity': problemSeverities[metadata.severity],
      ...(security === null ? {} : { 'security-severity': security }),
    },
  };
}

function clip(text: string): string {
  return text.length <= uploadLimits.description ? text : `${text.slice(0, uploadLimits.description - 1)}…`;
}

/** SARIF counts lines and columns from 1, and an end column is the first one behind the text (3.30.8). */
function location(file: string, { start, end }: Item['range']) {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.toWellFormed().split('/').map(encodeURIComponent).join('/') },
      region: {
        startLine: start.line + 1,
        startColumn: start.character + 1,
        endLine: end.line + 1,
        endColumn: end.character + 1,
      },
    },
  };
}
