/** The packaged extension that scripts/testVscode.ts installed for these tests. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The extensions folder with the installed VSIX. */
export function packedExtensions(): string {
  const folder = process.env.FLEET_TEST_EXTENSIONS;
  if (!folder) throw new Error('FLEET_TEST_EXTENSIONS is not set: run these tests with "npm run test:vscode".');
  return folder;
}

/** The installed extension's own folder below the extensions folder. */
export function packedExtension(extensions: string): string {
  const name = readdirSync(extensions).find((each) => each.startsWith('jarviscore-fleet.jarviscore-fleet-'));
  if (name === undefined) throw new Error(`The extension is not installed in ${extensions}.`);
  return join(extensions, name);
}

/** The installed ZeroMQ addon. */
export function packedAddon(extensions: string): string {
  const build = join(packedExtension(extensions), 'dist/node_modules/zeromq/build');
  const path = readdirSync(build, { recursive: true, encoding: 'utf8' }).find((each) => each.endsWith('addon.node'));
  if (path === undefined || statSync(join(build, path)).size === 0) throw new Error(`No addon below ${build}.`);
  return join(build, path);
}

export const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where screenshots go that a person should look at. */
export function screenshotFile(name: string): string {
  const folder = join(root, 'dist/screenshots');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

/** Settings of the local node belong into the workspace: a remote window reads machine settings from elsewhere. */
export function writeWorkspaceSettings(folder: string, settings: Readonly<Record<string, unknown>>): void {
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}
