import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

test('the mesh host carries nothing it does not need: no schemas at run time, no configuration, no disk', async () => {
  const { metafile, outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL('../../..', import.meta.url)),
    entryPoints: ['server/src/meshHost.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    external: ['zeromq'],
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((path) => path.includes('node_modules'))).toEqual([]);
  expect(inputs.filter((path) => /server\/src\/(?!mesh)/.test(path))).toEqual([]);
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map((entry) => entry.path));
  expect(imports.filter((path) => /^(?:node:)?(?:fs|child_process|http|https|worker_threads)\b/.test(path))).toEqual([]);
  expect(outputFiles[0]?.contents.length).toBeLessThan(256 * 1024);
});
