/** The log of the extension: an output channel with levels, whose last lines are kept for a report. */
import * as vscode from 'vscode';
import { RecentLines } from './recentLines.ts';

export class RecordedLog implements vscode.LogOutputChannel {
  readonly recent = new RecentLines(() => new Date());
  readonly #channel: vscode.LogOutputChannel;

  constructor(name: string) {
    this.#channel = vscode.window.createOutputChannel(name, { log: true });
  }

  get name(): string {
    return this.#channel.name;
  }

  get logLevel(): vscode.LogLevel {
    return this.#channel.logLevel;
  }

  get onDidChangeLogLevel(): vscode.Event<vscode.LogLevel> {
    return this.#channel.onDidChangeLogLevel;
  }

  trace(message: string, ...values: unknown[]): void {
    this.#channel.trace(message, ...values);
  }

  debug(message: string, ...values: unknown[]): void {
    this.#channel.debug(message, ...values);
  }

  info(message: string, ...values: unknown[]): void {
    this.recent.add('info', message);
    this.#channel.info(message, ...values);
  }

  warn(message: string, ...values: unknown[]): void {
    this.recent.add('warning', message);
    this.#channel.warn(message, ...values);
  }

  error(error: string | Error, ...values: unknown[]): void {
    this.recent.add('error', error instanceof Error ? (error.stack ?? error.message) : error);
    this.#channel.error(error, ...values);
  }

  append(value: string): void {
    this.#channel.append(value);
  }

  appendLine(value: string): void {
    this.recent.add('info', value);
    this.#channel.appendLine(value);
  }

  replace(value: string): void {
    this.#channel.replace(value);
  }

  clear(): void {
    this.#channel.clear();
  }

  show(columnOrPreserveFocus?: vscode.ViewColumn | boolean, preserveFocus?: boolean): void {
    this.#channel.show(typeof columnOrPreserveFocus === 'boolean' ? columnOrPreserveFocus : preserveFocus);
  }

  hide(): void {
    this.#channel.hide();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
