// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Going to, finding and renaming settings, and what stands beside the text, through VS Code's own providers. */
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import type { FleetApi } from '#client/extension.ts';
import { hasAddon } from './addon.ts';

const id = 'jarviscore-fleet.jarviscore-fleet';
const encoder = new TextEncoder();

const env =
  '# Network\nJARVISCORE_BIND_PORT=7946\nACME_ZONE=eu\n\n# Models\nCLAUDE_API_KEY=canary-do-not-show\nACME_URL=http://${ACME_ZONE}\n';
const python =
  'import os\nfrom jarviscore import Mesh\n\nzone = os.getenv("ACME_ZONE")\nmesh = Mesh(config={"node_name": "editor-test", "bind_port": 7311, "p2p_enabled": True})\n';
const compose =
  'services:\n  editor:\n    image: jarviscore:1\n    env_file: [.env, missing.env]\n    environment:\n      JARVISCORE_NODE_NAME: editor\n      ACME_ZONE: ${ACME_ZONE}\n';

/** Asks again until the answer is good enough: the server may still be reading the new files. */
async function until<T>(what: string, ask: () => Thenable<T>, enough: (answer: T) => boolean): Promise<T> {
  for (let left = 200; ; left--) {
    const answer = await ask();
    if (enough(answer)) return answer;
    assert.ok(left > 0, `${what}: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('editing with the packaged extension', () => {
  let folder: vscode.Uri;
  let envFile: vscode.Uri;
  let pythonFile: vscode.Uri;
  let composeFile: vscode.Uri;
  const place = (line: number, character: number): vscode.Position => new vscode.Position(line, character);
  const whole = new vscode.Range(0, 0, 99, 0);
  const ask = <T>(command: string, ...args: readonly unknown[]): Thenable<T> =>
    vscode.commands.executeCommand<T>(`vscode.${command}`, ...args);

  before(async () => {
    const extension = vscode.extensions.getExtension<FleetApi>(id);
    assert.ok(extension, 'the extension is installed');
    assert.strictEqual(await (await extension.activate()).ready, true);
    const root = vscode.workspace.workspaceFolders?.[0];
    assert.ok(root);
    folder = vscode.Uri.joinPath(root.uri, 'editing');
    envFile = vscode.Uri.joinPath(folder, '.env');
    pythonFile = vscode.Uri.joinPath(folder, 'node.py');
    composeFile = vscode.Uri.joinPath(folder, 'docker-compose.yml');
    for (const [uri, text] of [
      [envFile, env],
      [pythonFile, python],
      [composeFile, compose],
    ] as const)
      await vscode.workspace.fs.writeFile(uri, encoder.encode(text));
    for (const uri of [pythonFile, composeFile, envFile]) await vscode.window.showTextDocument(uri, { preview: false });
    const references = (): Thenable<vscode.Location[]> => ask('executeReferenceProvider', envFile, place(2, 3));
    await until('the new files', references, (found) => found.length === 5);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('goes from a line to the one that wins', async () => {
    const found = await ask<(vscode.Location | vscode.LocationLink)[]>('executeDefinitionProvider', envFile, place(1, 3));
    const targets = found.map((one) => ('targetUri' in one ? one.targetUri : one.uri).path);
    assert.ok(targets.includes(pythonFile.path), targets.join());
  });

  it('finds every use of a name', async () => {
    const found = await ask<vscode.Location[]>('executeReferenceProvider', pythonFile, place(3, 20));
    const lines = found.map(({ uri, range }) => `${uri.path.split('/').at(-1)}:${range.start.line + 1}`).sort();
    assert.deepStrictEqual(lines, ['.env:3', '.env:7', 'docker-compose.yml:7', 'docker-compose.yml:7', 'node.py:4']);
  });

  it('renames a name in every file, and refuses what the framework fixes', async () => {
    const edit = await ask<vscode.WorkspaceEdit>('executeDocumentRenameProvider', envFile, place(2, 3), 'ACME_REGION');
    assert.deepStrictEqual(
      edit
        .entries()
        .map(([uri, edits]) => `${uri.path.split('/').at(-1)} ${edits.length}`)
        .sort(),
      ['.env 2', 'docker-compose.yml 2', 'node.py 1'],
    );
    assert.strictEqual(await vscode.workspace.applyEdit(edit), true);
    const text = (await vscode.workspace.openTextDocument(envFile)).getText();
    assert.strictEqual(text, env.replaceAll('ACME_ZONE', 'ACME_REGION'));
    const back = await until(
      'the way back',
      () => ask<vscode.WorkspaceEdit>('executeDocumentRenameProvider', envFile, place(2, 3), 'ACME_ZONE'),
      (answer) => answer.size === 3,
    );
    assert.strictEqual(await vscode.workspace.applyEdit(back), true);
    assert.strictEqual((await vscode.workspace.openTextDocument(envFile)).getText(), env);
    await assert.rejects(
      async () => ask('executeDocumentRenameProvider', envFile, place(1, 3), 'OTHER'),
      /reads JARVISCORE_BIND_PORT under exactly this name/,
    );
  });

  it('shows symbols, folds, highlights and tokens of env files', async () => {
    const symbols = await ask<vscode.DocumentSymbol[]>('executeDocumentSymbolProvider', envFile);
    assert.deepStrictEqual(
      symbols.map(({ name, children }) => [name, ...children.map((child) => child.name)]),
      [
        ['Network', 'JARVISCORE_BIND_PORT', 'ACME_ZONE'],
        ['Models', 'CLAUDE_API_KEY', 'ACME_URL'],
      ],
    );
    const folds = await ask<vscode.FoldingRange[]>('executeFoldingRangeProvider', envFile);
    assert.ok(
      folds.some(({ start, end }) => start === 0 && end === 2),
      JSON.stringify(folds),
    );
    const marks = await ask<vscode.DocumentHighlight[]>('executeDocumentHighlights', envFile, place(2, 3));
    assert.strictEqual(marks.length, 2);
    const tokens = await ask<vscode.SemanticTokens>('provideDocumentSemanticTokens', envFile);
    assert.ok(tokens.data.length > 0 && tokens.data.length % 5 === 0);
  });

  it('leaves the symbols of other files to their own extensions', async () => {
    const legend = await ask<vscode.SemanticTokensLegend | undefined>('provideDocumentSemanticTokensLegend', composeFile);
    assert.ok(legend === undefined || !legend.tokenModifiers.includes('defaultLibrary'));
  });

  it('links the files that are named', async () => {
    const links = await ask<vscode.DocumentLink[]>('executeLinkProvider', composeFile, 10);
    const [there, missing] = links;
    assert.strictEqual(there?.target?.path, envFile.path);
    assert.strictEqual(missing?.tooltip, 'missing.env does not exist');
  });

  it('shows hints, and no value of a secret', async () => {
    const hints = await ask<vscode.InlayHint[]>('executeInlayHintProvider', pythonFile, whole);
    const texts = hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
    assert.ok(texts.includes('ZeroMQ 8311'), texts.join());
    const all = await ask<vscode.InlayHint[]>('executeInlayHintProvider', envFile, whole);
    assert.ok(all.length > 0);
    assert.ok(!JSON.stringify(all).includes('canary'));
    const settings = vscode.workspace.getConfiguration('jarviscoreFleet.inlayHints', pythonFile);
    await settings.update('derivedPorts', false, vscode.ConfigurationTarget.Workspace);
    const without = (): Thenable<vscode.InlayHint[]> => ask('executeInlayHintProvider', pythonFile, whole);
    await until('no hint', without, (found) => !JSON.stringify(found).includes('8311'));
    await settings.update('derivedPorts', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('opens the effective settings of a process from its lens, read-only and masked', async () => {
    const lenses = await ask<vscode.CodeLens[]>('executeCodeLensProvider', pythonFile, 10);
    const command = lenses.find((lens) => lens.command?.title.startsWith('process editor-test'))?.command;
    assert.ok(command, JSON.stringify(lenses));
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.strictEqual(document?.uri.scheme, 'jarviscore-effective');
    assert.match(document.getText(), /JARVISCORE_BIND_PORT +7311/);
    assert.match(document.getText(), /CLAUDE_API_KEY +<set>/);
    assert.ok(!document.getText().includes('canary'));
    assert.strictEqual(vscode.workspace.fs.isWritableFileSystem('jarviscore-effective') === true, false);
  });

  if (hasAddon()) {
    it('says above a process whether the node sees it, and leads to its row', async () => {
      await vscode.commands.executeCommand('jarviscoreFleet.startLocalNode');
      const lenses = await until(
        'the lens',
        () => ask<vscode.CodeLens[]>('executeCodeLensProvider', pythonFile, 10),
        (found) => found.some((lens) => lens.command?.title === 'editor-test: not seen'),
      );
      const command = lenses.find((lens) => lens.command?.title === 'editor-test: not seen')?.command;
      assert.strictEqual(command?.command, 'jarviscoreFleet.revealPeer');
      await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
      await vscode.commands.executeCommand('jarviscoreFleet.stopLocalNode');
      const gone = (): Thenable<vscode.CodeLens[]> => ask('executeCodeLensProvider', pythonFile, 10);
      await until('no lens', gone, (found) => !found.some((lens) => lens.command?.title === 'editor-test: not seen'));
    });
  }

  it('finds settings of the workspace by their letters', async () => {
    const found = await ask<vscode.SymbolInformation[]>('executeWorkspaceSymbolProvider', 'acmezone');
    assert.ok(found.some(({ name, location }) => name === 'ACME_ZONE' && location.uri.path === envFile.path));
  });
});
