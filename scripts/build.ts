/**
 * Bundles every entry point into dist/. CommonJS, because the extension host loads the client with `require` and
 * zeromq's loader looks for its addon beside the file; dist/package.json says so although the package is ESM.
 *
 *   node scripts/build.ts [--production] [--watch]
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const { values } = parseArgs({
  options: { production: { type: 'boolean', default: false }, watch: { type: 'boolean', default: false } },
});
const root = fileURLToPath(new URL('..', import.meta.url));

// A development build replaces files one by one, so that a process started from the last build keeps working.
if (values.production) rmSync(`${root}dist`, { recursive: true, force: true });
mkdirSync(`${root}dist`, { recursive: true });
writeFileSync(`${root}dist/package.json`, `${JSON.stringify({ type: 'commonjs' })}\n`);

const options: esbuild.BuildOptions = {
  absWorkingDir: root,
  entryPoints: {
    extension: 'client/src/extension.ts',
    server: 'server/src/main.ts',
    cli: 'server/src/cli.ts',
    meshHost: 'server/src/meshHost.ts',
    registryHost: 'server/src/registryHost.ts',
  },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // vscode exists only inside the extension host. zeromq loads its addon by path: its package stays a package,
  // in node_modules for npm users and in dist/node_modules inside a VSIX.
  external: ['vscode', 'zeromq'],
  minify: values.production,
  sourcemap: values.production ? false : 'linked',
  legalComments: values.production ? 'none' : 'inline',
  logLevel: 'warning',
  // The language client and server packages ship UMD and ESM; the ESM build bundles without warnings.
  mainFields: ['module', 'main'],
  conditions: ['node'],
};

if (values.watch) await (await esbuild.context(options)).watch();
else {
  const { metafile } = await esbuild.build({ ...options, metafile: true });
  // What is inside the bundles, for the third-party notices of a package.
  mkdirSync(`${root}.cache`, { recursive: true });
  writeFileSync(`${root}.cache/bundle-inputs.json`, JSON.stringify(Object.keys(metafile.inputs)));
}
