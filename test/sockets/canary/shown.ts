/** What the extension makes of the server's answers: trees, tooltips, details, the map with what its export draws, reports. */
import { diagnosticsText } from '#client/diagnostics/diagnosticsText.ts';
import { RecentLines } from '#client/diagnostics/recentLines.ts';
import { FleetRows } from '#client/fleet/fleetRows.ts';
import { peerDetails } from '#client/fleet/peerDetails.ts';
import { PeerHistory } from '#client/fleet/peerHistory.ts';
import { mapModel } from '#client/map/mapModel.ts';
import { MessageLog } from '#client/messages/messageLog.ts';
import { messageRows } from '#client/messages/messageRows.ts';
import { readinessRows } from '#client/readiness/readinessRows.ts';
import { readinessRequest } from '#schemas/editor/workspaceMessages.ts';
import { fleetViewSchema } from '#schemas/fleet/view.ts';
import { english } from '../../unit/client/facts.ts';
import type { Outputs } from './outputs.ts';

export interface Answers {
  readonly fleet: unknown;
  readonly readiness: unknown;
  readonly messages: unknown;
  readonly log: readonly string[];
  /** As a person wrote them, secrets included. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export async function showInClient(answers: Answers, into: Outputs): Promise<void> {
  const view = fleetViewSchema.parse(answers.fleet);
  const rows = new FleetRows(english);
  const context = rows.context(view);
  into.set('shown: tree of peers', JSON.stringify(rows.peers(view)));
  into.set('shown: tree of roles', JSON.stringify(rows.roles(view)));
  const history = new PeerHistory();
  const details = view.peers.map((peer) => peerDetails(peer, history.of(peer.id), context, new Date().toISOString(), english));
  into.set('shown: details of peers', details.join('\n'));

  const folders = readinessRequest.result.parse(answers.readiness)?.folders ?? [];
  into.set('shown: tree of readiness', JSON.stringify(readinessRows(folders, english)));

  const journal = new MessageLog();
  await journal.take(answers.messages);
  const entries = journal.messages;
  into.set('shown: tree of messages', JSON.stringify(messageRows(entries, { words: '', protocol: true }, String, english)));
  const model = mapModel({ view, past: () => [], messages: { epoch: 'e', entries }, now: Date.now() }, english);
  into.set('shown: map', JSON.stringify(model));

  const recent = new RecentLines(() => new Date());
  for (const line of answers.log) recent.add('info', line);
  const settings = Object.entries(answers.settings).map(([key, value]) => ({
    ...{ key: `jarviscoreFleet.${key}`, value, listed: false, where: 'user' },
  }));
  const window = { folderOpen: true, project: true, trusted: true, server: 'running' } as const;
  into.set(
    'shown: diagnostics information',
    diagnosticsText({
      ...{ extension: '1.0.0', vscode: '1.106.0', node: 'v24', platform: 'linux x64', remote: null, language: 'en', folders: 1 },
      ...{ window, settings, view, log: recent.lines },
    }),
  );
}
