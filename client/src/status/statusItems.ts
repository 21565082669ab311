/** One status bar item for the local node, one language status item for the checker. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FleetView } from '#schemas/fleet/view.ts';
import type { Language } from '../fleet/language.ts';
import type { Sidebar, WindowFacts } from '../views/sidebarState.ts';
import { checkerStatusText } from './checkerStatusText.ts';
import { nodeStatusText } from './nodeStatusText.ts';

export class StatusItems implements vscode.Disposable {
  readonly #l10n: Language;
  readonly #selector: vscode.DocumentSelector;
  // Created on first use: a window without JarvisCore has neither.
  #node: vscode.StatusBarItem | undefined;
  #checker: vscode.LanguageStatusItem | undefined;
  #shown = '';
  #shownChecker = '';

  constructor(selector: vscode.DocumentSelector, l10n: Language) {
    this.#selector = selector;
    this.#l10n = l10n;
  }

  show(window: WindowFacts, view: FleetView | null, sidebar: Sidebar): void {
    this.#showNode(view, sidebar);
    this.#showChecker(window, view);
  }

  #showNode(view: FleetView | null, sidebar: Sidebar): void {
    const status = nodeStatusText(sidebar, view, this.#l10n);
    const key = JSON.stringify(status);
    if (key === this.#shown) return;
    this.#shown = key;
    if (status === null) {
      this.#node?.hide();
      return;
    }
    if (this.#node === undefined) {
      this.#node = vscode.window.createStatusBarItem('jarviscoreFleet.node', vscode.StatusBarAlignment.Left, 0);
      this.#node.name = l10n.t('JarvisCore Fleet');
    }
    this.#node.text = status.text;
    this.#node.tooltip = status.tooltip;
    this.#node.command = status.command;
    this.#node.accessibilityInformation = { label: status.ariaLabel, role: 'button' };
    this.#node.backgroundColor = status.severity === 'error' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.#node.show();
  }

  #showChecker(window: WindowFacts, view: FleetView | null): void {
    if (window.server === 'stopped') {
      this.#checker?.dispose();
      this.#checker = undefined;
      return;
    }
    const status = checkerStatusText(window.server, view, this.#l10n, window.serverCrash);
    const key = JSON.stringify(status);
    // Every setter sends a message to the window, changed or not.
    if (key === this.#shownChecker && this.#checker !== undefined) return;
    this.#shownChecker = key;
    this.#checker ??= vscode.languages.createLanguageStatusItem('jarviscoreFleet.checker', this.#selector);
    const item = this.#checker;
    item.name = l10n.t('JarvisCore checker');
    item.busy = status.busy;
    item.severity = status.failed ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text = status.text;
    item.detail = status.detail;
    item.command = status.failed
      ? { command: 'jarviscoreFleet.showLog', title: l10n.t('Show Log') }
      : { command: 'jarviscoreFleet.checkWorkspace', title: l10n.t('Check Workspace') };
  }

  dispose(): void {
    this.#node?.dispose();
    this.#checker?.dispose();
  }
}
