/** What is bundled, and what travels where: the one list that the build and both packages read. */

export interface Bundle {
  /** `dist/<name>.js`. */
  readonly name: string;
  /** Entry file, relative to the repository. */
  readonly entry: string;
  readonly runs: 'node' | 'browser';
  /** Whether the extension needs it; the npm package takes what package.json's "files" names. */
  readonly inVsix: boolean;
  /** Entries with the same word keep what they have in common in one shared file of a production build. */
  readonly shares?: 'engine';
}

export const bundles: readonly Bundle[] = [
  { name: 'extension', entry: 'client/src/extension.ts', runs: 'node', inVsix: true },
  { name: 'server', entry: 'server/src/main.ts', runs: 'node', inVsix: true, shares: 'engine' },
  { name: 'cli', entry: 'server/src/cli.ts', runs: 'node', inVsix: true, shares: 'engine' },
  { name: 'meshHost', entry: 'server/src/meshHost.ts', runs: 'node', inVsix: true },
  { name: 'fleetMap', entry: 'client/webview/fleetMap.ts', runs: 'browser', inVsix: true },
  { name: 'registryHost', entry: 'server/src/registryHost.ts', runs: 'node', inVsix: true, shares: 'engine' },
];
