/** Commands on a row of the sidebar. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Place } from '#schemas/fleet/view.ts';
import { peerName } from '../fleet/peerRow.ts';
import type { Row } from '../fleet/row.ts';
import type { Running } from '../session/session.ts';
import type { FleetViews } from '../views/fleetViews.ts';

function addressOf(row: Row | undefined): string | null {
  if (row?.subject.kind === 'self') return row.subject.address;
  return row?.subject.kind === 'peer' ? row.subject.peer.address : null;
}

async function open(place: Place): Promise<void> {
  const { start, end } = place.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), { selection });
}

/** Commands that need no server. */
export function rowCommands(views: FleetViews): Readonly<Record<string, (argument: unknown) => Promise<void>>> {
  return {
    'jarviscoreFleet.copyAddress': async (argument) => {
      const address = addressOf(views.target(argument));
      if (address === null) {
        void vscode.window.showInformationMessage(l10n.t('Select a node with an address in Fleet Peers first.'));
        return;
      }
      await vscode.env.clipboard.writeText(address);
      vscode.window.setStatusBarMessage(l10n.t('Copied {0}', address), 3_000);
    },
    'jarviscoreFleet.revealPeer': async (argument) => {
      if (typeof argument === 'string' && (await views.reveal(argument))) return;
      void vscode.window.showInformationMessage(l10n.t('This node is no longer in Fleet Peers.'));
    },
    'jarviscoreFleet.revealConfiguration': async (argument) => {
      const row = views.target(argument);
      const place = row?.place ?? (row?.subject.kind === 'peer' ? (row.subject.peer.declared?.place ?? null) : null);
      if (place !== null) await open(place);
      else void vscode.window.showInformationMessage(l10n.t('No place in the files of this workspace belongs to this row.'));
    },
  };
}

/** Commands that need the server. */
export function peerCommands(
  views: FleetViews,
): Readonly<Record<string, (running: Running, argument: unknown) => Promise<unknown>>> {
  return {
    'jarviscoreFleet.forgetPeer': async (running, argument) => {
      const row = views.target(argument);
      if (row?.subject.kind !== 'peer' || !/\bforgettable\b/.test(row.contextValue)) {
        void vscode.window.showInformationMessage(
          l10n.t('Only a node that is dead, has left or is offline can be forgotten. Select one in Fleet Peers first.'),
        );
        return;
      }
      const { peer } = row.subject;
      const { forgetPeerRequest } = await import('#schemas/editor/messages.ts');
      const answer: unknown = await running.client.sendRequest(forgetPeerRequest.method, { peer: peer.id });
      const { ok, error } = forgetPeerRequest.result.parse(answer);
      if (!ok) {
        void vscode.window.showErrorMessage(l10n.t('{0} was not forgotten: {1}', peerName(peer), error ?? ''));
      }
    },
    'jarviscoreFleet.readmitPeer': async (running, argument) => {
      const row = views.target(argument);
      if (row?.subject.kind !== 'peer' || !/\breadmittable\b/.test(row.contextValue)) {
        void vscode.window.showInformationMessage(
          l10n.t('Only a node that answers while its fleet holds it dead can be readmitted. Select one in Fleet Peers first.'),
        );
        return;
      }
      const { peer } = row.subject;
      const { readmitPeerRequest } = await import('#schemas/editor/messages.ts');
      const answer: unknown = await running.client.sendRequest(readmitPeerRequest.method, { peer: peer.id });
      const { ok, error } = readmitPeerRequest.result.parse(answer);
      if (!ok) {
        void vscode.window.showErrorMessage(l10n.t('{0} was not readmitted: {1}', peerName(peer), error ?? ''));
      }
    },
  };
}
