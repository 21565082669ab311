/** Commands of the sidebar beyond those of single rows: everything that its views, menus and documents offer. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Running, Session } from '../session/session.ts';
import { VirtualDocuments } from '../views/virtualDocuments.ts';
import { arrangeCommands } from './arrangeCommands.ts';
import { askCommand } from './askCommand.ts';
import { fixAll } from './fixAllCommand.ts';
import { messageCommands, messageViewCommands } from './messageCommands.ts';
import { notifyCommand } from './notifyCommand.ts';
import { chooseReleaseCommand } from './releaseCommand.ts';
import { exportReport } from './reportCommand.ts';

export interface SidebarCommands {
  readonly withServer: Readonly<Record<string, (running: Running, argument: unknown) => Promise<unknown>>>;
  readonly withoutServer: Readonly<Record<string, (argument: unknown) => Promise<void>>>;
  readonly disposables: readonly vscode.Disposable[];
}

export function sidebarCommands(session: Session): SidebarCommands {
  const answers = new VirtualDocuments('jarviscore-answer');
  const messages = new VirtualDocuments('jarviscore-message');
  return {
    withServer: {
      ...messageCommands(session.messages, messages),
      'jarviscoreFleet.askPeer': askCommand(session.views, answers, session.language),
      'jarviscoreFleet.notifyPeer': notifyCommand(session.views),
      'jarviscoreFleet.chooseRelease': chooseReleaseCommand,
      'jarviscoreFleet.exportReport': exportReport,
      'jarviscoreFleet.fixAllInWorkspace': fixAll,
      'jarviscoreFleet.showReadiness': () => session.readiness.focus(),
    },
    withoutServer: {
      ...arrangeCommands(session.arrangement),
      ...messageViewCommands(session.messages),
      'jarviscoreFleet.showPeerDetails': async (argument) => {
        const row = session.views.target(argument);
        if (row?.subject.kind === 'peer') await session.details.show(row.subject.peer);
        else void vscode.window.showInformationMessage(l10n.t('Select a node in Fleet Peers first.'));
      },
    },
    disposables: [answers, messages],
  };
}
