/** Log lines for the client, by level, masked. */
import { type Connection, LogMessageNotification, MessageType } from 'vscode-languageserver/node';
import { maskSecrets } from '../log/mask.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, text: string) => void;

const messageTypes: Readonly<Record<LogLevel, MessageType>> = {
  error: MessageType.Error,
  warn: MessageType.Warning,
  info: MessageType.Info,
  debug: MessageType.Debug,
};

const longestText = 10_000;

/** Sends nothing after the connection has ended: a late log line is no reason to fail. */
export function createLog(connection: Connection): Log {
  return (level, text) => {
    const message = maskSecrets(text.length > longestText ? `${text.slice(0, longestText)}…` : text);
    connection.sendNotification(LogMessageNotification.type, { type: messageTypes[level], message }).catch(() => {});
  };
}
