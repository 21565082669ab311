/** Which of the packages this is: for platforms without a ZeroMQ addon there is one that starts no node. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

export function hasAddon(): boolean {
  const extension = vscode.extensions.getExtension('jarviscore-fleet.jarviscore-fleet');
  if (extension === undefined) throw new Error('The extension is not installed.');
  return existsSync(join(extension.extensionPath, 'dist/node_modules/zeromq'));
}
