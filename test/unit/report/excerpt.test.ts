import { expect, test } from 'vitest';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { excerpt } from '#server/report/excerpt.ts';

const canary = 'CANARY-7f3a-do-not-print';

function lines(text: string, name = '.env'): string {
  const kind = name.endsWith('.py') ? 'python' : name.endsWith('.json') ? 'project' : 'dotenv';
  const document = readDocument({ uri: `file:///p/${name}`, text, kind }, createReaderContext(1));
  return text
    .split('\n')
    .map(
      (line, number) =>
        excerpt(document, line, { start: { line: number, character: 0 }, end: { line: number, character: 3 } }).text,
    )
    .join('\n');
}

test('a public value is shown as it stands', () => {
  expect(lines('JARVISCORE_BIND_PORT=7946')).toBe('JARVISCORE_BIND_PORT=7946');
  const large = 'mesh = Mesh(config={"bind_port": 79460000000000000000, "seed_nodes": ["127.0.0.1:7946"]})';
  expect(lines(`from jarviscore import Mesh\n${large}`, 'app.py')).toContain(large);
});

test.each([
  ['a secret setting', `REDIS_PASSWORD=${canary}`],
  ['a name outside the catalogue', `MY_OWN_THING=${canary}`],
  ['a quoted secret', `CLAUDE_API_KEY="${canary}" # old: ${canary}`],
  ['a comment behind a public value', `JARVISCORE_BIND_PORT=7946 # was ${canary}`],
  ['a commented-out secret', `# CLAUDE_API_KEY=${canary}`],
  ['an unclosed quote', `CLAUDE_API_KEY="${canary}`],
  ['the second line of a value', `CLAUDE_API_KEY="first\n${canary}\nlast"`],
  ['a line without an equals sign', `CLAUDE_API_KEY ${canary}`],
  ['a colon', `CLAUDE_API_KEY: ${canary}`],
  ['a bare secret', canary],
  ['a URL with a password', `REDIS_URL=redis://user:${canary}@db:6379/0`],
  ['a URL whose user is the secret', `ATHENA_URL=https://${canary}@athena.example`],
  ['a list of URLs', `SEED_NODES=127.0.0.1:7946,http://u:${canary}@h`],
])('%s is masked', (_, text) => {
  const shown = lines(text);
  expect(shown).not.toContain(canary);
  expect(shown).toContain('…');
});

test.each([
  `API_KEY = "${canary}"\nmesh = Mesh(config={"claude_api_key": API_KEY})`,
  `mesh = Mesh(config={"bind_port": 7946, "claude_api_key": "${canary}"})`,
  `mesh = Mesh(config={\n  "claude_api_key": "${canary}",\n})`,
  `client = connect(password='${canary}')`,
  `mesh = Mesh(config={"redis_url": "redis://u:${canary}@db:6379/0", "bind_prot": 7946})`,
  `mesh = Mesh(config={"athena_url": "https://${canary}@athena.example", "bind_port": "79460"})`,
])('a secret in Python is masked: %s', (text) => {
  expect(lines(`from jarviscore import Mesh\n${text}`, 'app.py')).not.toContain(canary);
});

test('a project file is shown without its comments', () => {
  const text = `{\n  "target": "3.0", // was ${canary}\n  "baseline": "a//b", /* ${canary} */\n}`;
  expect(lines(text, 'jarviscore-fleet.json')).toBe('{\n  "target": "3.0", …\n  "baseline": "a//b", …\n}');
});

test('of a project file only what belongs there is shown', () => {
  const text = `{"target": "3.0.0", "token": "${canary}", "hosts": {"a": {"password": ["x", "${canary}"], "processes": ["p"]}}}`;
  const shown = lines(text, 'jarviscore-fleet.json');
  expect(shown).toBe('{"target": "3.0.0", "token": "…", "hosts": {"a": {"password": ["…", "…"], "processes": ["p"]}}}');
  expect(lines(`{"token": ${canary}, "severities": {"port-ephemeral": "of"}}`, 'jarviscore-fleet.json')).toBe(
    '{"token": …, "severities": {"port-ephemeral": "of"}}',
  );
});

test('the mark stays under the marked text', () => {
  const document = readDocument({ uri: 'file:///p/.env', text: '  BIND_PORT=7946', kind: 'dotenv' }, createReaderContext(1));
  const shown = excerpt(document, '  BIND_PORT=7946', { start: { line: 0, character: 2 }, end: { line: 0, character: 11 } });
  expect(shown.text.slice(shown.start, shown.end)).toBe('BIND_PORT');
});
