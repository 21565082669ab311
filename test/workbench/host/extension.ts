/** The packaged extension through VS Code's own API, in the extension host. */
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import type { FleetApi } from '#client/extension.ts';
import type { NodeStatus } from '#schemas/fleet/view.ts';
import { hasAddon } from './addon.ts';

const id = 'jarviscore-fleet.jarviscore-fleet';

function envUri(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, '.env');
}

/** The diagnostics of a file once they satisfy `enough`; waits for the event, not for time. */
function diagnostics(uri: vscode.Uri, enough: (found: vscode.Diagnostic[]) => boolean): Promise<vscode.Diagnostic[]> {
  return new Promise((done) => {
    const look = (): boolean => {
      const found = vscode.languages.getDiagnostics(uri);
      if (!enough(found)) return false;
      done(found);
      return true;
    };
    if (look()) return;
    const subscription = vscode.languages.onDidChangeDiagnostics(() => {
      if (look()) subscription.dispose();
    });
  });
}

function codeOf(diagnostic: vscode.Diagnostic): string {
  return typeof diagnostic.code === 'object' ? String(diagnostic.code.value) : String(diagnostic.code);
}

describe('the packaged extension', () => {
  let document: vscode.TextDocument;

  before(async () => {
    const extension = vscode.extensions.getExtension<FleetApi>(id);
    assert.ok(extension, 'the extension is installed');
    const api = await extension.activate();
    assert.strictEqual(await api.ready, true, 'the project is found and the server answers');
    document = await vscode.workspace.openTextDocument(envUri());
    await vscode.window.showTextDocument(document);
  });

  it('is the packed one: bundles, no sources', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension);
    const names = (await vscode.workspace.fs.readDirectory(extension.extensionUri)).map(([name]) => name);
    assert.ok(names.includes('dist'));
    for (const absent of ['client', 'server', 'node_modules', 'test']) assert.ok(!names.includes(absent), absent);
  });

  it('registers every command it contributes', async () => {
    const contributed = vscode.extensions
      .getExtension(id)
      ?.packageJSON.contributes.commands.map((each: { command: string }) => each.command) as string[];
    const known = new Set(await vscode.commands.getCommands(true));
    assert.ok(contributed.length >= 9);
    assert.deepStrictEqual(
      contributed.filter((each) => !known.has(each)),
      [],
    );
  });

  it('reports a name nobody reads, at its line', async () => {
    const found = await diagnostics(document.uri, (all) => all.some((each) => codeOf(each) === 'unprefixed-p2p-var'));
    const problem = found.find((each) => codeOf(each) === 'unprefixed-p2p-var');
    assert.ok(problem);
    assert.match(document.lineAt(problem.range.start.line).text, /^BIND_PORT=/);
    assert.strictEqual(problem.severity, vscode.DiagnosticSeverity.Error);
  });

  it('reports a value that nothing obeys as such', async () => {
    const found = await diagnostics(document.uri, (all) => all.some((each) => codeOf(each) === 'env-needs-mesh-config'));
    assert.ok(found.some((each) => document.lineAt(each.range.start.line).text.startsWith('HITL_ENABLED')));
  });

  it('reports the port collision in both files, each with the other as related', async () => {
    const folder = vscode.Uri.joinPath(document.uri, '..');
    for (const [file, other] of [
      ['analyst.py', 'researcher.py'],
      ['researcher.py', 'analyst.py'],
    ] as const) {
      const found = await diagnostics(vscode.Uri.joinPath(folder, file), (all) =>
        all.some((each) => codeOf(each) === 'port-collision-swim-zmq'),
      );
      const problem = found.find((each) => codeOf(each) === 'port-collision-swim-zmq');
      assert.ok(
        problem?.relatedInformation?.some((each) => each.location.uri.path.endsWith(other)),
        `${file} names ${other}`,
      );
    }
  });

  it('explains a setting on hover without any secret', async () => {
    const at = async (name: string): Promise<string> => {
      const line = document
        .getText()
        .split('\n')
        .findIndex((text) => text.startsWith(`${name}=`));
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(line, 2),
      );
      return hovers
        .flatMap((hover) => hover.contents)
        .map((part) => (typeof part === 'string' ? part : part.value))
        .join('\n');
    };
    assert.match(await at('JARVISCORE_NODE_NAME'), /node/i);
    const secret = await at('NEXUS_SECRET');
    assert.match(secret, /NEXUS_SECRET/);
    assert.ok(!secret.includes('change-me'), 'the value is masked');
  });

  it('completes names', async () => {
    const end = new vscode.Position(document.lineCount - 1, 0);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      end,
    );
    const labels = list.items.map((item) => (typeof item.label === 'string' ? item.label : item.label.label));
    assert.ok(labels.includes('JARVISCORE_BIND_PORT'), labels.slice(0, 20).join());
  });

  it('fixes the name with a code action', async () => {
    const found = await diagnostics(document.uri, (all) => all.some((each) => codeOf(each) === 'unprefixed-p2p-var'));
    const problem = found.find((each) => codeOf(each) === 'unprefixed-p2p-var');
    assert.ok(problem);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    const fix = actions.find((action) => action.edit !== undefined && action.title.includes('JARVISCORE_BIND_PORT'));
    assert.ok(fix?.edit, actions.map((action) => action.title).join());
    assert.strictEqual(await vscode.workspace.applyEdit(fix.edit), true);
    assert.match(document.getText(), /^JARVISCORE_BIND_PORT=/m);
    await diagnostics(document.uri, (all) => !all.some((each) => codeOf(each) === 'unprefixed-p2p-var'));
  });

  it('checks the whole workspace on demand', async () => {
    const count = await vscode.commands.executeCommand<number>('jarviscoreFleet.checkWorkspace');
    assert.ok(count >= 3, `${count} findings`);
  });

  if (hasAddon()) {
    it('starts, restarts and stops the local node', async () => {
      const started = await vscode.commands.executeCommand<NodeStatus>('jarviscoreFleet.startLocalNode');
      assert.strictEqual(started.phase, 'running', JSON.stringify(started.error));
      assert.match(started.self?.address ?? '', /^127\.0\.0\.1:\d+$/);
      assert.strictEqual(started.self?.observing, true);
      const restarted = await vscode.commands.executeCommand<NodeStatus>('jarviscoreFleet.restartLocalNode');
      assert.strictEqual(restarted.phase, 'running', JSON.stringify(restarted.error));
      await vscode.commands.executeCommand('jarviscoreFleet.stopLocalNode');
      const again = await vscode.commands.executeCommand<NodeStatus>('jarviscoreFleet.startLocalNode');
      assert.strictEqual(again.phase, 'running', JSON.stringify(again.error));
      await vscode.commands.executeCommand('jarviscoreFleet.stopLocalNode');
    });
  } else {
    it('says why it starts no local node', async () => {
      const started = await vscode.commands.executeCommand<NodeStatus>('jarviscoreFleet.startLocalNode');
      assert.strictEqual(started.phase, 'failed');
      assert.strictEqual(started.error?.code, 'addon-unavailable');
      assert.match(started.error.message, /comes without the ZeroMQ addon/);
    });
  }
});
