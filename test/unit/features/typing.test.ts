// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** What a person is typing at the end of a text: name, value or reference, whose, the word so far, what follows, how it is written. */
import { describe, expect, test } from 'vitest';
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import { typingIn } from '#server/config/features/completionContext.ts';

function typed(kind: FileKind, text: string): string | null {
  const lines = text.split('\n');
  const found = typingIn(kind, { before: lines.at(-1) ?? '', above: lines.slice(0, -1).toReversed() });
  return found === null ? null : [found.what, found.name ?? '', found.word, found.suffix, found.style].join('|');
}

describe('compose', () => {
  test.each<[string, string | null]>([
    ['services:\n  a:\n    environment:\n      ', 'name|||: |plain'],
    ['services:\n  a:\n    environment:\n      J', 'name||J|: |plain'],
    ['services:\n  a:\n    environment:\n      JAR', 'name||JAR|: |plain'],
    ['services:\n  a:\n    environment:\n      "J', 'name||J|: |plain'],
    ['services:\n  a:\n    environment:\n      J:', null],
    ['services:\n  a:\n    environment:\n      J: ', 'value|J|||yaml'],
    ['services:\n  a:\n    environment:\n      J: x', 'value|J|x||yaml'],
    ['services:\n  a:\n    environment:\n      J: "x', 'value|J|x||plain'],
    ["services:\n  a:\n    environment:\n      J: 'x-1.", 'value|J|x-1.||plain'],
    ['services:\n  a:\n    environment:\n      J: x y', null],
    ['services:\n  a:\n    environment:\n      # J', null],
    ['services:\n  a:\n    environment:\n      1', null],
    ['services:\n  a:\n    environment:\n      - J', 'name||J|=|plain'],
    ['services:\n  a:\n    environment:\n      -J', 'name||J|=|plain'],
    ['services:\n  a:\n    environment:\n      - ', 'name|||=|plain'],
    ['services:\n  a:\n    environment:\n      - "J', 'name||J|=|plain'],
    ['services:\n  a:\n    environment:\n      - J=', 'value|J|||plain'],
    ['services:\n  a:\n    environment:\n      - J=x', 'value|J|x||plain'],
    ['services:\n  a:\n    environment:\n      - J=x y', null],
    ['services:\n  a:\n    environment:\n      J: ${', 'reference||||plain'],
    ['services:\n  a:\n    environment:\n      J: $A', 'reference||A||plain'],
    ['services:\n  a:\n    environment:\n      A: 1\n      J', 'name||J|: |plain'],
    ['services:\n  a:\n    environment:\n      A: 1\n\n      # c\n      J', 'name||J|: |plain'],
    ['services:\n  a:\n    environment:\n      - A=1\n      - J', 'name||J|=|plain'],
    ['services:\n  a:\n    environment:\n    J', null],
    ['services:\n  a:\n    environment:\n  J', null],
    ['services:\n  a:\n    environment:\n    x: 1\n    J', null],
    ['services:\n  a:\n    environment:\n', null],
    ['services:\n  a:\n    environment:\n    - J', 'name||J|=|plain'],
    ['services:\n  a:\n    environment:\n        A: 1\n        J', 'name||J|: |plain'],
    ['environment:\n  J', 'name||J|: |plain'],
    ['x:\n  J', null],
    ['services:\n  a:\n    environment: {J', null],
    ['services:\n  a:\n    "environment":\n      J', 'name||J|: |plain'],
  ])('%j', (text, expected) => {
    expect(typed('compose', text)).toEqual(expected);
  });
});

describe('kubernetes', () => {
  test.each<[string, string | null]>([
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: J', 'name||J||plain'],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: "J', 'name||J||plain'],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: ', 'name||||plain'],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: J\n      value: x', 'value|J|x||json'],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: J\n      value: "x', 'value|J|x||plain'],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: J\n      value: ', 'value|J|||json'],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: J\n      other: x', null],
    [
      'kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: I\n      value: 1\n    - name: J\n      value: y',
      'value|J|y||json',
    ],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: "J"\n      # c\n\n      value: z', 'value|J|z||json'],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - value: x', null],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    name: J', null],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: J\n      value: x y', null],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: J\n      value: $(A', 'reference||A||plain'],
    ['kind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n    - name: J\n      value: $A', null],
    ['kind: ConfigMap\ndata:\n  J', 'name||J|: |plain'],
    ['kind: ConfigMap\ndata:\n  J: x', 'value|J|x||json'],
    ['kind: ConfigMap\ndata:\n  J: "x', 'value|J|x||plain'],
    ['kind: Secret\nstringData:\n  J', 'name||J|: |plain'],
    ['kind: Secret\ndata:\n  A: 1\n  J', 'name||J|: |plain'],
    ['kind: Pod\ndata:\n  J', null],
    ['kind: ConfigMap\n---\ndata:\n  J', null],
    ['kind: Pod\n---\nkind: ConfigMap\ndata:\n  J', 'name||J|: |plain'],
    ['data:\n  J', null],
    ['kind: ConfigMap\nother:\n  J', null],
    ['kind: ConfigMap\nJ', null],
  ])('%j', (text, expected) => {
    expect(typed('kubernetes', text)).toEqual(expected);
  });
});

describe('systemd', () => {
  test.each<[string, string | null]>([
    ['Environment=', 'name|||=|plain'],
    ['Environment=J', 'name||J|=|plain'],
    ['Environment="J', 'name||J|=|plain'],
    ['Environment=A=1 J', 'name||J|=|plain'],
    ['Environment=A=1 "J=x', 'value|J|x||plain'],
    ['Environment=J=', 'value|J|||plain'],
    ['Environment=J=x', 'value|J|x||plain'],
    ['Environment=J=x y', 'name||y|=|plain'],
    [' Environment = J', 'name||J|=|plain'],
    ['EnvironmentFile=J', null],
    ['PassEnvironment=J', 'name||J||plain'],
    ['PassEnvironment=A J', 'name||J||plain'],
    ['PassEnvironment=', 'name||||plain'],
    ['UnsetEnvironment=J', 'name||J||plain'],
    ['UnsetEnvironment=A,J', null],
    ['ExecStart=$J', 'reference||J||plain'],
    ['ExecStart=${J', 'reference||J||plain'],
    ['ExecStart=${', 'reference||||plain'],
    ['ExecStart=J', null],
    ['Environment=1J', null],
  ])('%j', (text, expected) => {
    expect(typed('systemd', text)).toEqual(expected);
  });
});

describe('dockerfile', () => {
  test.each<[string, string | null]>([
    ['ENV J', 'name||J|=|plain'],
    ['ENV ', 'name|||=|plain'],
    ['env J', 'name||J|=|plain'],
    ['ENV', null],
    ['ENV A=1 J', 'name||J|=|plain'],
    ['ENV J=x', 'value|J|x||plain'],
    ['ENV J="x', 'value|J|x||plain'],
    ['ARG J', 'name||J|=|plain'],
    ['ARG J=x', 'value|J|x||plain'],
    ['RUN J', null],
    ['RUN echo $J', 'reference||J||plain'],
    ['FROM a:${J', 'reference||J||plain'],
    ['ENVX J', null],
    ['  ENV J', 'name||J|=|plain'],
  ])('%j', (text, expected) => {
    expect(typed('dockerfile', text)).toEqual(expected);
  });
});

describe('shell', () => {
  test.each<[string, string | null]>([
    ['export J', 'name||J|=|plain'],
    ['export ', 'name|||=|plain'],
    ['export A=1 J', 'name||J|=|plain'],
    ['export J=x', 'value|J|x||plain'],
    ['J', 'name||J|=|plain'],
    ['Jx', null],
    ['j', null],
    ['JA_1', 'name||JA_1|=|plain'],
    ['A=1 J', 'name||J|=|plain'],
    ['A=1 j', null],
    ['J=x', 'value|J|x||plain'],
    ['J="x', 'value|J|x||plain'],
    ['j=x', null],
    ['x J=y', 'value|J|y||plain'],
    ['docker run -e J', 'name||J|=|plain'],
    ['docker run --env J', 'name||J|=|plain'],
    ['docker run --env=J', 'name||J|=|plain'],
    ['docker run -e "J', 'name||J|=|plain'],
    ['docker run -e J=x', 'value|J|x||plain'],
    ['# J', null],
    ['# export J', null],
    ['echo $J', 'reference||J||plain'],
    ['echo ${J', 'reference||J||plain'],
    ['echo ${J:', null],
    ['echo "$', 'reference||||plain'],
    ['echo J', null],
    ['1J', null],
  ])('%j', (text, expected) => {
    expect(typed('shell', text)).toEqual(expected);
  });
});

describe('launch', () => {
  test.each<[string, string | null]>([
    ['{"env": {', 'name|||": |plain'],
    ['{"env": {"', 'name||||plain'],
    ['{"env": {"J', 'name||J||plain'],
    ['{"env": {J', 'name||J|": |plain'],
    ['{"env": {"J":', 'value|J|||json'],
    ['{"env": {"J": ', 'value|J|||json'],
    ['{"env": {"J": x', 'value|J|x||json'],
    ['{"env": {"J": "x', 'value|J|x||plain'],
    ['{"env": {"A": "1", "J', 'name||J||plain'],
    ['{"env": {"A": "1",\n  "J', 'name||J||plain'],
    ['{"env": {"A": "1"\n  "J', null],
    ['{"env": {"A": "${env:J', 'reference||J||plain'],
    ['{"env": {"A": "${', null],
    ['{"env": {}, "J', null],
    ['{"envs": {"J', null],
    ['{"env"\n:\n{\n"J', 'name||J||plain'],
    ['{"x": {"J', null],
    ['{"env": {"A": "1"}}, {"env": {"J', 'name||J||plain'],
  ])('%j', (text, expected) => {
    expect(typed('launch', text)).toEqual(expected);
  });
});

describe('dotenv', () => {
  test.each<[string, string | null]>([
    ['A=${', 'reference||||plain'],
    ['A=${J', 'reference||J||plain'],
    ['A=${J}', null],
    ['A=$J', null],
    ['J', null],
    ['A=${J:-', null],
    ['A=${1', null],
  ])('%j', (text, expected) => {
    expect(typed('dotenv', text)).toEqual(expected);
  });
});

describe('python', () => {
  test.each<[string, string | null]>([
    ['os.getenv("', 'reference||||plain'],
    ["os.getenv('J", 'reference||J||plain'],
    ['os.getenv( "J', 'reference||J||plain'],
    ['os.getenv("J"', null],
    ['os.environ["J', 'reference||J||plain'],
    ['os.environ.get("J', 'reference||J||plain'],
    ['environ.pop("J', 'reference||J||plain'],
    ['environ.setdefault("', 'reference||||plain'],
    ['environ.update("J', null],
    ['getenv(J', null],
    ['xgetenv("J', null],
    ['x.getenv("J', 'reference||J||plain'],
  ])('%j', (text, expected) => {
    expect(typed('python', text)).toEqual(expected);
  });
});

describe('requirements', () => {
  test.each<[string, string | null]>([
    ['J', null],
    ['$J', null],
    ['${J', null],
  ])('%j', (text, expected) => {
    expect(typed('requirements', text)).toEqual(expected);
  });
});
