/** `check`: validate every supported file below the paths. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { baselineSchema } from '#schemas/report/baseline.ts';
import type { Severity } from '#schemas/settings/ruleInventory.ts';
import type { Finding, SourceDocument } from '../config/model/types.ts';
import { LineIndex } from '../config/text/lines.ts';
import { createBaseline } from '../report/baseline.ts';
import type { FixLevel } from '../report/edits.ts';
import { type Excerpt, excerpt } from '../report/excerpt.ts';
import { buildReport, byPlace, reaches } from '../report/items.ts';
import { summary, writeText } from '../report/text.ts';
import { causeOf, isFileProblem, readFile } from '../workspace/files.ts';
import type { AcceptedFindings } from '../workspace/settings.ts';
import { pathOf } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { applyFixes } from './applyFixes.ts';
import { type CliContext, UsageError } from './context.ts';
import { flagsOf, loadWorkspace } from './load.ts';

export interface CheckCommandOptions {
  readonly profile?: 'development' | 'production';
  readonly target?: string;
  readonly format: 'text' | 'json' | 'sarif' | 'github' | 'markdown';
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly fix?: boolean;
  readonly unsafeFixes?: boolean;
  readonly dryRun?: boolean;
  readonly failOn: Severity;
}

export async function checkCommand(paths: readonly string[], options: CheckCommandOptions, context: CliContext): Promise<number> {
  const level: FixLevel | null = options.unsafeFixes === true ? 'unsafe' : options.fix === true ? 'safe' : null;
  if (options.dryRun === true && level === null) throw new UsageError('--dry-run needs --fix or --unsafe-fixes.');
  // A baseline is written anew from all findings, also where the project file names one.
  const written = options.writeBaseline === undefined ? undefined : null;
  const baseline = options.baseline === undefined ? written : readBaseline(options.baseline, context);
  const workspace = loadWorkspace(paths, { ...flagsOf(options), ...(baseline === undefined ? {} : { baseline }) }, context);
  const find = () => [...workspace.allFindings().values()].flatMap((found) => found.findings).sort(byPlace);
  if (level !== null) applyFixes(workspace, find, level, options.dryRun === true, context);
  const findings = find();
  if (options.writeBaseline !== undefined) writeBaseline(options.writeBaseline, findings, context);
  await report(findings, workspace, options.format, context);
  // "Nothing found" would be a lie.
  if (workspace.failed) throw new UsageError('The check is incomplete, because a rule failed (see above). Please report it.');
  if (options.writeBaseline !== undefined) return 0;
  return findings.some((finding) => reaches(finding.severity, options.failOn)) ? 1 : 0;
}

/** What a format needs is loaded for it alone. */
async function report(
  findings: readonly Finding[],
  workspace: Workspace,
  format: CheckCommandOptions['format'],
  context: CliContext,
): Promise<void> {
  const content = buildReport(findings, workspace.allFindings().size, context.cwd);
  switch (format) {
    case 'json':
      context.out(JSON.stringify(content));
      break;
    case 'sarif': {
      const { writeSarif } = await import('../report/sarif.ts');
      const { text, notice } = writeSarif(content, context.version);
      context.out(text);
      if (notice !== null) context.err(notice);
      break;
    }
    case 'markdown': {
      const { writeMarkdown } = await import('../report/markdown.ts');
      context.out(writeMarkdown(content));
      break;
    }
    case 'github': {
      const { hiddenAnnotations, writeGithub } = await import('../report/github.ts');
      if (content.findings.length > 0) context.out(writeGithub(content));
      const hidden = hiddenAnnotations(content);
      if (hidden !== null) context.err(hidden);
      context.err(summary(content));
      break;
    }
    case 'text': {
      const lines = new Map<string, CheckedFile | null>();
      context.out(
        writeText(content, { color: context.color, excerptOf: (index) => excerptOf(findings[index], workspace, lines) }),
      );
      const targets = new Set(workspace.models().map(({ target, targetOrigin }) => `${target} (${targetOrigin})`));
      if (targets.size > 0) context.err(`Checked for jarviscore-framework ${[...targets].join(' and ')}.`);
      break;
    }
  }
}

interface CheckedFile {
  readonly document: SourceDocument | undefined;
  readonly text: string;
  readonly lines: LineIndex;
}

function excerptOf(finding: Finding | undefined, workspace: Workspace, files: Map<string, CheckedFile | null>): Excerpt | null {
  if (finding === undefined) return null;
  let file = files.get(finding.uri);
  if (file === undefined) {
    file = checkedFile(finding.uri, workspace);
    files.set(finding.uri, file);
  }
  const number = finding.range.start.line;
  if (file === null || number >= file.lines.lineCount) return null;
  const line = file.text.slice(file.lines.startOf(number), file.lines.startOf(number + 1)).replace(/[\r\n]+$/, '');
  return excerpt(file.document, line, finding.range);
}

/** A file that is no document of the workspace is read for this; null where it cannot be. */
function checkedFile(uri: string, workspace: Workspace): CheckedFile | null {
  const text = workspace.textOf(uri) ?? textAt(pathOf(uri));
  const document = workspace.model(uri)?.documents.get(uri);
  return text === null ? null : { document, text, lines: new LineIndex(text) };
}

function textAt(path: string | null): string | null {
  const content = path === null ? null : readFile(path);
  return content === null || isFileProblem(content) ? null : content.text;
}

function readBaseline(file: string, context: CliContext): AcceptedFindings {
  const path = resolve(context.cwd, file);
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`--baseline ${file} cannot be read: ${causeOf(error)}`);
  }
  const parsed = baselineSchema.safeParse(raw);
  if (!parsed.success) throw new UsageError(`--baseline ${file} is not a baseline file. Write one with --write-baseline.`);
  return { content: parsed.data, folder: dirname(path) };
}

function writeBaseline(file: string, findings: readonly Finding[], context: CliContext): void {
  const path = resolve(context.cwd, file);
  // That the baseline is missing is no longer true once it is written.
  const accepted = findings.filter(({ rule }) => rule !== 'fleet-file-baseline');
  const content = createBaseline(accepted, dirname(path));
  try {
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--write-baseline ${file} cannot be written: ${causeOf(error)}`);
  }
  context.err(`${file}: ${accepted.length} findings accepted.`);
}
