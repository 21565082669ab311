#!/usr/bin/env node
/**
 * Stands in for VS Code's `code` executable so that @vscode/test-electron runs without a VS Code download: give its
 * path as `vscodeExecutablePath`. Flags that only make sense for the desktop application are ignored.
 */
import { fileURLToPath } from 'node:url';
import { runInHost } from './hostTests.ts';

const flags = new Map<string, string[]>([
  ['extensionDevelopmentPath', []],
  ['extensionTestsPath', []],
  ['extensions-dir', []],
  ['user-data-dir', []],
]);
const folders: string[] = [];
const args = process.argv.slice(2);
for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
  const match = /^--([\w-]+)(?:=(.*))?$/s.exec(arg);
  if (match) flags.get(match[1] ?? '')?.push(match[2] ?? args.shift() ?? '');
  else folders.push(arg);
}

function path(value: string): string {
  return value.startsWith('file:') ? fileURLToPath(value) : value;
}

const [tests] = flags.get('extensionTestsPath') ?? [];
const [workspace] = folders;
if (tests === undefined) {
  console.error('codeShim: only test runs are supported (no --extensionTestsPath given)');
  process.exit(2);
}
const env: Record<string, string> = {};
for (const [name, value] of Object.entries(process.env)) {
  if (value !== undefined && /^(VSCODE_TEST_|FLEET_TEST_|MOCHA_)/.test(name)) env[name] = value;
}
process.exit(
  await runInHost({
    extensions: (flags.get('extensionDevelopmentPath') ?? []).map(path),
    tests: path(tests),
    ...(workspace ? { workspace: path(workspace) } : {}),
    env,
    timeoutMs: Number(process.env.WORKBENCH_TIMEOUT ?? 240_000),
  }),
);
