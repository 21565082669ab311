/** Everything a language server can be asked about a workspace, asked. */

import { fleetsRequest, messagesRequest, startPlanRequest } from '#schemas/editor/fleetMessages.ts';
import { effectiveRequest, fleetSnapshotRequest, processesRequest } from '#schemas/editor/messages.ts';
import { diagnoseRequest, runPlansRequest } from '#schemas/editor/running.ts';
import { fixAllRequest, readinessRequest, reportRequest } from '#schemas/editor/workspaceMessages.ts';
import type { TestClient } from '../../lsp/client.ts';
import type { Project } from '../../lsp/project.ts';

/** Where to ask: behind every name, every sign and every quote. */
function* positions(text: string): Generator<{ line: number; character: number }> {
  for (const [line, content] of text.split('\n').entries()) {
    yield { line, character: 0 };
    for (const { index } of content.matchAll(/[=:"'/@]\S|\s\S/g)) yield { line, character: index + 1 };
    yield { line, character: content.length };
  }
}

/** Name of what was asked -> the answer as JSON. */
export type Outputs = Map<string, string>;

export async function askAboutDocument(
  client: TestClient,
  project: Project,
  name: string,
  text: string,
  into: Outputs,
): Promise<void> {
  const uri = project.uriOf(name);
  const textDocument = { uri };
  const ask = async (method: string, params: object, label = method): Promise<void> => {
    into.set(`${name} ${label}`, JSON.stringify(await client.connection.sendRequest(method, params)) ?? '');
  };
  await client.open(uri, text);
  into.set(`${name} diagnostics`, JSON.stringify(await client.diagnostics(uri)));
  const range = { start: { line: 0, character: 0 }, end: { line: text.split('\n').length, character: 0 } };
  into.set(`${name} actions`, JSON.stringify(await client.actions(uri, range)));
  into.set(`${name} fix all`, JSON.stringify(await client.actions(uri, range, ['source.fixAll'])));
  for (const method of ['documentSymbol', 'foldingRange', 'codeLens', 'documentLink', 'semanticTokens/full']) {
    await ask(`textDocument/${method}`, { textDocument });
  }
  await ask('textDocument/inlayHint', { textDocument, range });
  for (const position of positions(text)) {
    const at = `${position.line}:${position.character}`;
    into.set(`${name} hover ${at}`, JSON.stringify(await client.hover(uri, position.line, position.character)));
    into.set(`${name} completion ${at}`, JSON.stringify(await client.complete(uri, position.line, position.character)));
    await ask('textDocument/definition', { textDocument, position }, `definition ${at}`);
    await ask('textDocument/documentHighlight', { textDocument, position }, `highlight ${at}`);
    await ask('textDocument/references', { textDocument, position, context: { includeDeclaration: true } }, `references ${at}`);
  }
}

export async function askAboutWorkspace(client: TestClient, into: Outputs): Promise<void> {
  const ask = async (method: string, params: object | null, label = method): Promise<unknown> => {
    const answer = await client.connection.sendRequest(method, params);
    into.set(label, JSON.stringify(answer) ?? '');
    return answer;
  };
  into.set('workspace diagnostics', JSON.stringify(await client.pullWorkspace()));
  await ask('workspace/symbol', { query: '' });
  for (const method of [fleetSnapshotRequest, readinessRequest, fleetsRequest, fixAllRequest]) await ask(method.method, null);
  await ask(startPlanRequest.method, { seeds: null });
  await ask(runPlansRequest.method, { processes: null });
  await ask(messagesRequest.method, { epoch: null, after: null });
  for (const format of ['sarif', 'json', 'markdown']) await ask(reportRequest.method, { format }, `report ${format}`);
  for (const { id } of processesRequest.result.parse(await ask(processesRequest.method, null))) {
    await ask(effectiveRequest.method, { process: id }, `effective ${id}`);
  }
  await ask(diagnoseRequest.method, { rows: [], addresses: ['127.0.0.1:9'] });
}
