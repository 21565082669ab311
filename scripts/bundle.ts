/**
 * Bundles every entry point. CommonJS, because the extension host loads the client with `require` and zeromq's loader looks
 * for its addon beside the file; a package.json beside the bundles says so although the package is ESM.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { type Bundle, bundles } from './bundles.ts';

/** Bundles for Node see `vscode` only inside the extension host; zeromq loads its addon by path, so it stays a package. */
const external = ['vscode', 'zeromq'];
const target = 'node22';

function optionsOf(root: string, folder: string, production: boolean): esbuild.BuildOptions & { metafile: true } {
  return {
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: production ? 'none' : 'inline',
    logLevel: 'warning',
    metafile: true,
  };
}

function nodeOptions(root: string, folder: string, production: boolean): esbuild.BuildOptions & { metafile: true } {
  return {
    ...optionsOf(root, folder, production),
    platform: 'node',
    target,
    format: 'cjs',
    external,
    // The language client and server packages ship UMD and ESM; the ESM build bundles without warnings.
    mainFields: ['module', 'main'],
    conditions: ['node'],
  };
}

function browserOptions(root: string, folder: string, production: boolean): esbuild.BuildOptions & { metafile: true } {
  // The browser of the oldest VS Code we support (1.106: Electron 37).
  return { ...optionsOf(root, folder, production), platform: 'browser', target: 'chrome138', format: 'iife' };
}

function entries(chosen: readonly Bundle[]): Record<string, string> {
  return Object.fromEntries(chosen.map(({ name, entry }) => [name, entry]));
}

/**
 * Language server and command line are one engine with two entries: apart they would put its megabyte and a half into the
 * extension twice. esbuild splits only ESM, so the split files are turned into CommonJS one by one.
 */
async function splitEngine(root: string, folder: string, chosen: readonly Bundle[]): Promise<string[]> {
  const { outputFiles, metafile } = await esbuild.build({
    ...nodeOptions(root, folder, true),
    format: 'esm',
    splitting: true,
    chunkNames: 'engine-[hash]',
    entryPoints: entries(chosen),
    write: false,
  });
  for (const { path, text } of outputFiles) {
    const { code } = await esbuild.transform(text, {
      format: 'cjs',
      platform: 'node',
      target,
      // Chunks are loaded by require: at once, as `import()` in one whole bundle is, not some turns of the loop later.
      supported: { 'dynamic-import': false },
      minify: true,
      legalComments: 'none',
    });
    writeFileSync(join(folder, basename(path)), code, { mode: code.startsWith('#!') ? 0o755 : 0o644 });
  }
  return Object.keys(metafile.inputs);
}

export interface BuildRequest {
  /** The repository. */
  readonly root: string;
  /** Where the bundles go; made where it is missing. */
  readonly folder: string;
  readonly production: boolean;
}

/** What stands beside the bundles of a build, so that packaging knows the licences it needs. */
const inputsFile = 'bundle-inputs.json';

/** Files that esbuild read for the build in `folder`, relative to the repository. @throws where there was no build */
export function inputsOf(folder: string): readonly string[] {
  return JSON.parse(readFileSync(join(folder, inputsFile), 'utf8')) as string[];
}

/** Builds everything once. A development build keeps each bundle whole, so that files are replaced one by one. */
export async function build({ root, folder, production }: BuildRequest): Promise<void> {
  const to = resolve(folder);
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`);
  const inputs = new Set<string>();
  const split = production ? bundles.filter(({ shares }) => shares !== undefined) : [];
  const whole = bundles.filter((bundle) => bundle.runs === 'node' && !split.includes(bundle));
  const browser = bundles.filter(({ runs }) => runs === 'browser');
  const lots: [readonly Bundle[], esbuild.BuildOptions & { metafile: true }][] = [
    [whole, nodeOptions(root, to, production)],
    [browser, browserOptions(root, to, production)],
  ];
  for (const [chosen, options] of lots) {
    if (chosen.length === 0) continue;
    const { metafile } = await esbuild.build({ ...options, entryPoints: entries(chosen) });
    for (const input of Object.keys(metafile.inputs)) inputs.add(input);
  }
  if (split.length > 0) for (const input of await splitEngine(root, to, split)) inputs.add(input);
  writeFileSync(join(to, inputsFile), `${JSON.stringify([...inputs].sort(), null, 1)}\n`);
}

/** Builds again after every change, until the process ends. */
export async function watch(root: string, folder: string): Promise<void> {
  await build({ root, folder, production: false });
  const lots: [Bundle['runs'], esbuild.BuildOptions][] = [
    ['node', nodeOptions(root, folder, false)],
    ['browser', browserOptions(root, folder, false)],
  ];
  for (const [runs, options] of lots) {
    const chosen = bundles.filter((bundle) => bundle.runs === runs);
    if (chosen.length > 0) await (await esbuild.context({ ...options, entryPoints: entries(chosen) })).watch();
  }
}
