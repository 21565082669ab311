import { describe, expect, it } from 'vitest';
import { type Files, findingsOf } from './workspace.ts';

const copies = (count: number): Files =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`service-${i}/.env`, `JARVISCORE_BIND_PORT=7950\nJARVISCORE_NODE_NAME=node-${i}\n`]),
  );

describe('a fleet of copies', () => {
  it('names at most ten others at each place, and every place', () => {
    const found = findingsOf(copies(40)).filter(({ rule }) => rule === 'port-collision-swim');
    expect(found).toHaveLength(40);
    expect(Math.max(...found.map(({ related }) => related.length))).toBe(10);
  });

  it('shortens the list of known addresses in a message', () => {
    const files = { ...copies(30), 'lost/.env': 'JARVISCORE_BIND_PORT=7980\nJARVISCORE_SEED_NODES=127.0.0.1:7000\n' };
    const [found] = findingsOf(files).filter(({ rule }) => rule === 'seed-unknown-node');
    expect(found?.message).toMatch(/127\.0\.0\.1:7950 and 20 more\.$/);
  });
});

describe('python-too-old', () => {
  const rules = (specifier: string, release = '3.0.0') =>
    findingsOf({
      'pyproject.toml': `[project]\nname = "x"\nrequires-python = "${specifier}"\ndependencies = ["jarviscore-framework==${release}"]\n`,
    })
      .filter(({ rule }) => rule === 'python-too-old')
      .map(({ severity }) => severity);

  it.each(['>=3.9', '>=3.8,<3.13', '~=3.9', '==3.9.*', '3.9'])('%s lets an old one in', (specifier) => {
    expect(rules(specifier)).toEqual(['error']);
  });

  it.each(['>=3.10', '>=3.10,<3.13', '>=3.12', '<4', '!=3.9.1,>=3.11'])('%s does not', (specifier) => {
    expect(rules(specifier)).toEqual([]);
  });

  it('tells that one command of 1.1 to 1.5 needs 3.12', () => {
    expect(rules('>=3.10', '1.5.1')).toEqual(['info']);
    expect(rules('>=3.12', '1.5.1')).toEqual([]);
  });
});

describe('llm-max-concurrent-formula', () => {
  const fires = (text: string) =>
    findingsOf({ '.env': text }, { target: '1.5.1' }).some(({ rule }) => rule === 'llm-max-concurrent-formula');

  it('reads the rate and the duration from a comment near the line', () => {
    expect(fires('LLM_MAX_CONCURRENT=50 # 60 RPM, 12 s each\n')).toBe(true);
    expect(fires('# 60 requests per minute\n# a call takes 12 seconds\nLLM_MAX_CONCURRENT=50\n')).toBe(false);
    expect(fires('# 60 requests/minute at 12 seconds\n\nLLM_MAX_CONCURRENT=50\n')).toBe(true);
    expect(fires(`# 60 RPM, 12 s each\n${'\n'.repeat(8)}LLM_MAX_CONCURRENT=50\n`)).toBe(false);
  });
});

describe('an env file that systemd or Docker reads too', () => {
  const secret = 'Zk3vQ8rT1yW6nB4mX9cF2hL7pD5sG0jA';
  const unit = '[Service]\nExecStart=/opt/f/bin/python node.py\nWorkingDirectory=/opt/f\nEnvironmentFile=/opt/f/f.env\n';

  it('shows what becomes of a setting, and nothing of a secret', () => {
    const found = findingsOf({ 'node.service': unit, 'f.env': `LOG_LEVEL=INFO # why\nNEXUS_SECRET=${secret} # mine\n` }).filter(
      ({ rule }) => rule === 'dotenv-inline-comment-other-loader',
    );
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining('takes the comment as part of LOG_LEVEL. systemd reads "INFO # …".'),
      expect.not.stringContaining(secret),
    ]);
  });

  it('says nothing where nobody else reads the file', () => {
    const found = findingsOf({ 'f.env': 'export LOG_LEVEL=INFO # why\n' }).map(({ rule }) => rule);
    expect(found).not.toContain('dotenv-inline-comment-other-loader');
    expect(found).not.toContain('dotenv-export-prefix');
  });
});
