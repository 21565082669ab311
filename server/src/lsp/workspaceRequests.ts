/** Reports, fixes and the choice of a release for the whole workspace. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Connection, ErrorCodes, ResponseError, type TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  chooseReleaseRequest,
  fixAllRequest,
  type ReportFormat,
  releasesRequest,
  reportRequest,
} from '#schemas/editor/workspaceMessages.ts';
import { fleetFileName } from '#schemas/project/fleetFile.ts';
import { releaseSchema, releases } from '#schemas/settings/catalogue.ts';
import type { Finding } from '../config/model/types.ts';
import { chooseFixes } from '../report/edits.ts';
import { buildReport, byPlace } from '../report/items.ts';
import { writeMarkdown } from '../report/markdown.ts';
import { releaseEdit } from '../report/releaseEdit.ts';
import { writeSarif } from '../report/sarif.ts';
import { isFileProblem, readFile } from '../workspace/files.ts';
import { canonicalUri, commonFolder, pathOf } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Answers } from './answer.ts';
import { serve } from './messages.ts';

export interface WorkspaceRequestOptions {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly texts: TextDocuments<TextDocument>;
  readonly answers: Answers;
  readonly version: string;
}

const untrusted = () => new ResponseError(ErrorCodes.InvalidRequest, 'The workspace is not trusted. Trust it, then try again.');

export function serveWorkspaceRequests({ connection, workspace, texts, answers, version }: WorkspaceRequestOptions): void {
  const findings = (): readonly Finding[] => {
    const found = [...workspace.allFindings().values()].flatMap((one) => one.findings).sort(byPlace);
    if (workspace.failed)
      throw new ResponseError(
        ErrorCodes.InternalError,
        'The check is incomplete, because a rule failed. The log names the rule; please report it.',
      );
    return found;
  };

  serve(connection, releasesRequest, async (_params, token) => {
    const answer = await answers.workspace('Releases', token, async () => ({
      releases: [...releases].reverse(),
      folders: workspace.folders.map((uri) => {
        const [model] = workspace.modelsOf(uri);
        const name = basename(pathOf(uri) ?? uri);
        return { uri, name, current: model?.target ?? releases.at(-1) ?? '', origin: model?.targetOrigin ?? 'newest catalogued' };
      }),
    }));
    if (answer === null) throw untrusted();
    return answer;
  });

  serve(connection, chooseReleaseRequest, async ({ folder, release }, token) => {
    const answer = await answers.workspace('Choose release', token, async () => {
      const uri = canonicalUri(folder);
      const path = workspace.folders.includes(uri) ? pathOf(uri) : null;
      if (path === null) throw new ResponseError(ErrorCodes.InvalidParams, `${folder} is no folder of this workspace.`);
      if (release !== null && !releaseSchema.safeParse(release).success)
        throw new ResponseError(ErrorCodes.InvalidParams, `"${release}" is not the number of a release.`);
      const file = `${uri}/${fleetFileName}`;
      const text = texts.get(file)?.getText() ?? textOnDisk(file);
      if (text !== null && typeof text !== 'string') return { file, create: false, edits: [], problem: text.message };
      const { edits, problem } = releaseEdit(text ?? '', release);
      return { file, create: text === null, edits: edits.map((edit) => ({ uri: file, ...edit })), problem };
    });
    if (answer === null) throw untrusted();
    return answer;
  });

  serve(connection, reportRequest, async ({ format }, token) => {
    const answer = await answers.workspace('Report', token, async () => {
      const found = findings();
      // File names are relative to the deepest folder that holds all of the workspace.
      const base = commonFolder(workspace.folders.filter((uri) => pathOf(uri) !== null));
      const report = buildReport(found, workspace.allFindings().size, (base && pathOf(base)) ?? process.cwd());
      return { ...write(report, format, version), findings: found.length };
    });
    if (answer === null) throw untrusted();
    return answer;
  });

  serve(connection, fixAllRequest, async (_params, token) => {
    const answer = await answers.workspace('Fix all', token, async () => {
      const chosen = chooseFixes(findings(), 'safe');
      const edits = chosen.flatMap(({ fix }) => fix.edits);
      return { fixes: chosen.length, edits: edits.map((edit) => ({ ...edit, version: workspace.versionOf(edit.uri) })) };
    });
    if (answer === null) throw untrusted();
    return answer;
  });
}

function write(
  report: ReturnType<typeof buildReport>,
  format: ReportFormat,
  version: string,
): { readonly text: string; readonly notice: string | null } {
  switch (format) {
    case 'sarif':
      return writeSarif(report, version);
    case 'json':
      return { text: JSON.stringify(report, null, 2), notice: null };
    case 'markdown':
      return { text: writeMarkdown(report), notice: null };
  }
}

/** Null: there is no such file. */
function textOnDisk(uri: string): string | null | { readonly message: string } {
  const path = pathOf(uri);
  if (path === null) return { message: 'It is no file on this machine.' };
  if (!existsSync(path)) return null;
  const content = readFile(path);
  return isFileProblem(content) ? { message: content.message } : content.text;
}
