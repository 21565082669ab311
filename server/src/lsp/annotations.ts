/** What the editor shows beside the text: links, inlay hints, code lenses and the effective settings behind them. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type CodeLens,
  type Connection,
  type DocumentLink,
  ErrorCodes,
  type InlayHint,
  ResponseError,
} from 'vscode-languageserver/node';
import * as z from 'zod';
import { showEffectiveCommand } from '#schemas/editor/commandIds.ts';
import { effectiveRequest, type InitializationOptions, processesRequest } from '#schemas/editor/messages.ts';
import { lensPlaces, lensTitle } from '../config/features/codeLens.ts';
import { type InlayHint as Hint, type HintKind, hintKinds, inlayHints } from '../config/features/inlayHints.ts';
import { links } from '../config/features/links.ts';
import { effectiveReport } from '../config/model/effectiveReport.ts';
import { effectiveText } from '../report/effective.ts';
import { canonicalUri, nameWithin, pathOf } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Answers } from './answer.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import type { DisplaySettings } from './displaySettings.ts';
import { serve } from './messages.ts';

export interface AnnotationOptions {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly client: ClientFeatures;
  readonly answers: Answers;
  readonly display: DisplaySettings;
  /** Commands that the client carries out. */
  readonly commands: InitializationOptions['commands'];
}

/** What goes to the client and comes back with a link or a lens. */
const linkDataSchema = z.object({ targets: z.array(z.string()) });
const lensDataSchema = z.object({ uri: z.string(), process: z.string() });

export function serveAnnotations(options: AnnotationOptions): void {
  const { connection, workspace, client, answers, display, commands } = options;

  if (client.documentLinks) {
    connection.onDocumentLinks(({ textDocument }, token) =>
      answers.document('Links', textDocument.uri, token, ({ model, uri }) =>
        links(model, uri).map(({ range, targets }): DocumentLink => {
          const target = targets.find((one) => exists(workspace, one));
          const name = nameOf(target ?? targets[0] ?? '');
          return { range, tooltip: target === undefined ? `${name} does not exist` : `Open ${name}`, data: { targets } };
        }),
      ),
    );
    connection.onDocumentLinkResolve((link) => {
      const data = linkDataSchema.safeParse(link.data);
      if (!data.success) return link;
      const { targets } = data.data;
      // A file that is not there is where an editor offers to make it.
      const target = targets.find((one) => exists(workspace, one)) ?? targets[0];
      return target === undefined ? link : { ...link, target };
    });
  }

  if (client.inlayHints) {
    connection.languages.inlayHint.on(({ textDocument, range }, token) =>
      answers.document('Inlay hints', textDocument.uri, token, function* ({ model, uri }) {
        const { inlayHints: wanted } = display.of(uri);
        const kinds = new Set<HintKind>(hintKinds.filter((kind) => wanted[kind]));
        return (yield* inlayHints(model, uri, range, kinds)).map(toInlayHint);
      }),
    );
  }

  if (client.codeLenses) {
    connection.onCodeLens(({ textDocument }, token) =>
      answers.document('Code lenses', textDocument.uri, token, ({ model, uri }): CodeLens[] => {
        if (!display.of(uri).codeLens.processes) return [];
        return lensPlaces(model, uri).map(({ range, process }) => ({ range, data: { uri, process } }));
      }),
    );
    connection.onCodeLensResolve(async (lens, token) => {
      const parsed = lensDataSchema.safeParse(lens.data);
      if (!parsed.success) return lens;
      const { uri, process } = parsed.data;
      const title = await answers.document('Code lens', uri, token, ({ model }) => lensTitle(model, process));
      const runs = commands.includes(showEffectiveCommand);
      const command = runs
        ? { title: title ?? '', command: showEffectiveCommand, arguments: [{ process }] }
        : { title: title ?? '', command: '' };
      return { ...lens, command };
    });
  }

  serve(connection, processesRequest, async (_params, token) => {
    const found = await answers.workspace('Processes', token, async () =>
      workspace
        .models()
        .flatMap(({ processes, roots }) => processes.map(({ id, name, uri }) => ({ id, name, file: nameWithin(roots, uri) }))),
    );
    return found ?? [];
  });
  serve(connection, effectiveRequest, async ({ process }, token) => {
    const found = await answers.workspace('Effective settings', token, async () => effectiveOf(workspace, process));
    if (found === null) throw new ResponseError(ErrorCodes.InvalidParams, 'No file of this workspace declares this process.');
    return found;
  });
}

/** `env effective` of one process; null where no file declares it. */
function effectiveOf(workspace: Workspace, id: string): { name: string; text: string } | null {
  for (const model of workspace.models()) {
    const process = model.processes.find((one) => one.id === id);
    if (process === undefined) continue;
    const report = effectiveReport({ ...model, processes: [process] }, { fileOf: (uri) => nameWithin(model.roots, uri) });
    return { name: process.name, text: `JarvisCore ${model.target} (${model.targetOrigin})\n\n${effectiveText(report)}\n` };
  }
  return null;
}

function exists(workspace: Workspace, uri: string): boolean {
  const path = pathOf(uri);
  return workspace.model(uri) !== undefined || (path !== null && existsSync(path));
}

function nameOf(uri: string): string {
  return basename(pathOf(canonicalUri(uri)) ?? uri);
}

function toInlayHint({ position, label, tooltip, place }: Hint): InlayHint {
  return {
    position,
    label: place === null ? label : [{ value: label, location: place }],
    tooltip,
    paddingLeft: true,
  };
}
