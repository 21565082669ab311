// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** What takes in a secret is one, however many references lie between. */
import { expect, test } from 'vitest';
import type { Value } from '#server/config/model/types.ts';
import { type Files, modelOf } from '../../rules/workspace.ts';

/** Values of settings that are no secrets themselves, by process and name. */
function valuesOf(files: Files): Record<string, Value> {
  const names = ['LOG_LEVEL', 'ATHENA_URL'];
  return Object.fromEntries(
    modelOf(files).processes.flatMap((process) =>
      names.flatMap((name) => {
        const winner = process.settings.get(name)?.winner;
        return winner === undefined || winner.origin.kind === 'default'
          ? []
          : [[`${process.name} ${name}`, winner.value] as const];
      }),
    ),
  );
}

const service = (lines: string): string => `services:\n  a:\n    environment:\n      P2P_ENABLED: "1"\n${lines}`;

test.each<[string, Files]>([
  [
    'a reference of the .env file',
    { 'compose.yaml': service('      LOG_LEVEL: ${A}\n'), '.env': 'MY_TOKEN=sesame\nA=${MY_TOKEN}\n' },
  ],
  ['one without braces', { 'compose.yaml': service('      LOG_LEVEL: x$A\n'), '.env': 'MY_TOKEN=sesame\nA=$MY_TOKEN\n' }],
  ['two of them', { 'compose.yaml': service('      LOG_LEVEL: $B\n'), '.env': 'MY_TOKEN=sesame\nA=$MY_TOKEN\nB=$A\n' }],
  ['a name alone in a map', { 'compose.yaml': service('      LOG_LEVEL:\n'), '.env': 'MY_TOKEN=sesame\nLOG_LEVEL=$MY_TOKEN\n' }],
  [
    'a name alone in a list',
    {
      'compose.yaml': 'services:\n  a:\n    environment: [P2P_ENABLED=1, LOG_LEVEL]\n',
      '.env': 'MY_TOKEN=sesame\nLOG_LEVEL=$MY_TOKEN\n',
    },
  ],
  [
    'an env file of the service',
    { 'compose.yaml': service('    env_file: b.env\n'), 'b.env': 'MY_TOKEN=sesame\nLOG_LEVEL=$MY_TOKEN\n' },
  ],
  [
    'an env file that takes it from the .env file',
    { 'compose.yaml': service('    env_file: b.env\n'), '.env': 'MY_TOKEN=sesame\nA=$MY_TOKEN\n', 'b.env': 'LOG_LEVEL=$A\n' },
  ],
  [
    'an argument of the image',
    {
      'compose.yaml': service('    build: {context: ., args: {X: "${MY_TOKEN}"}}\n'),
      '.env': 'MY_TOKEN=sesame\n',
      Dockerfile: 'FROM python\nARG X\nENV LOG_LEVEL=$X\n',
    },
  ],
  [
    'an argument that takes it from the .env file',
    {
      'compose.yaml': service('    build: {context: ., args: [A]}\n'),
      '.env': 'MY_TOKEN=sesame\nA=$MY_TOKEN\n',
      Dockerfile: 'FROM python\nARG A\nENV LOG_LEVEL=$A\n',
    },
  ],
])('%s', (_, files) => {
  const values = valuesOf(files);
  expect(Object.entries(values).map(([name, { kind }]) => `${name}: ${kind}`)).toEqual(['a LOG_LEVEL: secret']);
  expect(JSON.stringify(values)).not.toContain('sesame');
});

test('what takes in nothing secret is shown beside it', () => {
  const files = {
    'compose.yaml': service('      LOG_LEVEL: ${B}\n      ATHENA_URL: ${A}\n'),
    '.env': 'MY_TOKEN=sesame\nA=$MY_TOKEN\nB=info\n',
  };
  expect(valuesOf(files)).toMatchObject({ 'a LOG_LEVEL': { kind: 'text', text: 'info' }, 'a ATHENA_URL': { kind: 'secret' } });
});
