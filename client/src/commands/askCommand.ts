/** Ask a role or an agent of the fleet, and show its answer in a document that is there from the start. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Json, Target } from '#schemas/fleet/mesh.ts';
import { answerText, type Outcome, type Question } from '../fleet/answerText.ts';
import type { Language } from '../fleet/language.ts';
import type { Running } from '../session/session.ts';
import type { FleetViews } from '../views/fleetViews.ts';
import type { VirtualDocuments } from '../views/virtualDocuments.ts';
import { chooseTarget, targetName } from './targets.ts';

/** Of the framework's own `ask_peer` in 1.0.2 to 1.10.0 (p2p/peer_tool.py). */
const DEFAULT_TIMEOUT_S = 7_200;

/** JSON where it is JSON, else the text itself. */
export function questionData(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return { query: text };
  }
}

/** Null: no node runs, which is said. */
export function runningView(running: Running): ReturnType<Running['view']> {
  const view = running.view();
  if (view?.node.phase === 'running') return view;
  void vscode.window.showInformationMessage(l10n.t('Start the local node first: only a member of the mesh can ask.'));
  return null;
}

async function ask(running: Running, target: Target, question: Question): Promise<Outcome> {
  const now = (): string => new Date().toISOString();
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title: l10n.t('Asking {0}', question.whom) },
    async (_progress, token): Promise<Outcome> => {
      const settings = vscode.workspace.getConfiguration('jarviscoreFleet.ask');
      const [{ askRequest }, { strategySchema }] = await Promise.all([
        import('#schemas/editor/messages.ts'),
        import('#schemas/fleet/mesh.ts'),
      ]);
      const strategy = strategySchema.catch('first').parse(settings.get('strategy'));
      const params = { target, data: question.data, timeoutMs: question.timeoutMs, strategy };
      try {
        const raw: unknown = await running.client.sendRequest(askRequest.method, params, token);
        const answer = askRequest.result.parse(raw);
        if (answer.ok) return { kind: 'answered', at: now(), data: answer.data };
        if (token.isCancellationRequested) return { kind: 'cancelled', at: now() };
        return { kind: 'failed', at: now(), error: answer.error ?? '' };
      } catch (error) {
        if (token.isCancellationRequested) return { kind: 'cancelled', at: now() };
        return { kind: 'failed', at: now(), error: error instanceof Error ? error.message : String(error) };
      }
    },
  );
}

export function askCommand(
  views: FleetViews,
  documents: VirtualDocuments,
  language: Language,
): (running: Running, argument: unknown) => Promise<void> {
  let asked = 0;
  return async (running, argument) => {
    const view = runningView(running);
    if (view === null) return;
    const row = typeof argument === 'string' ? views.target(argument) : undefined;
    const target = await chooseTarget(view, row, l10n.t('Whom to ask?'));
    if (target === undefined) return;
    const whom = targetName(target);
    const text = await vscode.window.showInputBox({
      title: l10n.t('Ask {0}', whom),
      prompt: view.node.self?.observing
        ? l10n.t(
            'JSON, or text that is sent as {"query": text}. The first question announces this window as an agent: without that no answer can come back.',
          )
        : l10n.t('JSON, or text that is sent as {"query": text}.'),
    });
    if (text === undefined) return;
    const settings = vscode.workspace.getConfiguration('jarviscoreFleet.ask');
    const timeoutMs = settings.get<number>('timeoutSeconds', DEFAULT_TIMEOUT_S) * 1_000;
    const question: Question = { whom, data: questionData(text), askedAt: new Date().toISOString(), timeoutMs };
    const uri = documents.uri(`${l10n.t('answer of {0}', whom)}.jsonc`, String(++asked));
    documents.write(uri, answerText(question, { kind: 'waiting' }, language));
    // Beside nothing it would stand next to an empty half.
    const taken = vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0);
    await documents.show(uri, { preview: false, viewColumn: taken ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active });
    const outcome = await ask(running, target, question);
    documents.write(uri, answerText(question, outcome, language));
    if (outcome.kind === 'failed') void vscode.window.showErrorMessage(l10n.t('{0} did not answer: {1}', whom, outcome.error));
  };
}
