import { expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { run } from '#server/lsp/answer.ts';

function* forever(): Generator<undefined, never> {
  for (;;) yield;
}

test('a search without an end ends when it is cancelled, and lets other work in before', async () => {
  const source = new CancellationTokenSource();
  const running = run(forever(), source.token);
  // Comes up only because the search yields between its slices.
  setTimeout(() => source.cancel(), 0);
  await expect(running).rejects.toMatchObject({ code: -32800 });
});

test('what a search finds is what it returns, and what is no search is itself', async () => {
  const { token } = new CancellationTokenSource();
  function* steps(): Generator<undefined, string> {
    yield;
    yield;
    return 'found';
  }
  expect(await run(steps(), token)).toBe('found');
  expect(await run([1, 2], token)).toEqual([1, 2]);
  expect(await run(null, token)).toBeNull();
});

test('a search that fails says so', async () => {
  const { token } = new CancellationTokenSource();
  function* broken(): Generator<undefined, string> {
    yield;
    throw new Error('broken');
  }
  await expect(run(broken(), token)).rejects.toThrow('broken');
});
