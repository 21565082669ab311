/** The doctor: from a row about that node, from the palette about every declared one. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Diagnosis } from '#schemas/fleet/doctor.ts';
import type { Running } from '../session/session.ts';
import type { FleetViews } from '../views/fleetViews.ts';
import type { VirtualDocuments } from '../views/virtualDocuments.ts';

/** A name for the tab. */
function title(diagnoses: readonly Diagnosis[]): string {
  const [first, second] = diagnoses;
  return first !== undefined && second === undefined ? l10n.t('Doctor {0}', first.name) : l10n.t('Doctor');
}

/** @param taken gets what was found, for the rows */
export function diagnoseCommand(
  views: FleetViews,
  documents: VirtualDocuments,
  taken: (diagnoses: readonly Diagnosis[]) => void,
): (running: Running, argument: unknown) => Promise<void> {
  return async ({ client }, argument) => {
    const subject = views.target(argument)?.subject;
    const rows = subject?.kind === 'peer' && subject.peer.other === undefined ? [subject.peer.id] : null;
    const { diagnoseRequest } = await import('#schemas/editor/running.ts');
    const answer = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: l10n.t('Examining the connection'), cancellable: true },
      async (_progress, token): Promise<unknown> => {
        try {
          return await client.sendRequest(diagnoseRequest.method, { rows, addresses: [] }, token);
        } catch (error) {
          if (token.isCancellationRequested) return null;
          throw error;
        }
      },
    );
    if (answer === null) return;
    const { diagnoses, text } = diagnoseRequest.result.parse(answer);
    taken(diagnoses);
    const uri = documents.uri(title(diagnoses), rows?.[0] ?? '');
    documents.write(uri, text);
    await documents.show(uri, { preview: true });
  };
}
