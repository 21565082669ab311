// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, it } from 'vitest';
import { findingsOf, modelOf, pathOf, uriOf } from '../../rules/workspace.ts';

const node = (more: string): string => `from jarviscore import Mesh\nfrom dotenv import load_dotenv\n${more}\nMesh(config={})\n`;
const references: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  compose: { 'compose.yml': 'services:\n  web:\n    env_file: fleet.env\n    build: .\n    command: python other.py\n' },
  raw: { 'compose.yml': 'services:\n  web:\n    env_file: [{path: fleet.env, format: raw}]\n    build: .\n' },
  systemd: { 'node.service': '[Service]\nEnvironmentFile=/etc/fleet.env\nExecStart=/usr/bin/python3 other.py\n' },
  docker: { 'run.sh': 'docker run --env-file fleet.env my/agents\n' },
  python: { 'node.py': node('load_dotenv("fleet.env")') },
  kustomize: {
    'kustomization.yaml': 'configMapGenerator:\n  - name: fleet\n    envs: [fleet.env]\n',
  },
};

function readBy(names: readonly string[], text: string): string[] {
  const files = Object.assign({ 'fleet.env': text }, ...names.map((name) => references[name] ?? {})) as Record<string, string>;
  return findingsOf(files)
    .filter((finding) => pathOf(finding.uri) === 'fleet.env' && finding.rule === 'dotenv-inline-comment-other-loader')
    .map((finding) => `${finding.range.start.line + 1} ${finding.message}`);
}

describe('the readers of an env file', () => {
  it('are those that refer to it', () => {
    const files = Object.assign({ 'fleet.env': 'JARVISCORE_BIND_PORT=1\n' }, ...Object.values(references)) as Record<
      string,
      string
    >;
    const readers = modelOf(files).envFileReaders.get(uriOf('fleet.env')) ?? [];
    expect(
      readers.map((reader) => `${reader.dialect} ${reader.program ?? ''} ${reader.name}`.replace(/ +/g, ' ')).sort(),
    ).toEqual(['docker kustomize fleet', 'docker my/agents', 'docker web', 'python-dotenv node', 'systemd node']);
  });
});

describe('a line its readers read alike', () => {
  it.each([
    'JARVISCORE_BIND_PORT=7946',
    '# c\nJARVISCORE_NODE_NAME=a-b_c.d',
    'LOG_LEVEL=INFO\r\nZMQ_PORT_OFFSET=1000',
    'MY_OWN=a$b',
  ])('%j is no finding', (text) => {
    expect(
      readBy(
        Object.keys(references).filter((name) => name !== 'raw'),
        `${text}\n`,
      ),
    ).toEqual([]);
  });

  it('is none where only python-dotenv reads it, whatever it looks like', () => {
    expect(readBy(['python'], 'LOG_LEVEL="INFO" # c\nJARVISCORE_NODE_NAME=$x\n')).toEqual([]);
  });
});

describe('a line its readers read differently', () => {
  it.each<[readonly string[], string, string]>([
    [
      ['systemd'],
      'LOG_LEVEL=INFO # c',
      'systemd, which node has read this file, takes the comment as part of LOG_LEVEL. python-dotenv reads "INFO", systemd "INFO # …".',
    ],
    [
      ['docker'],
      'LOG_LEVEL="INFO"',
      'Docker, which my/agents has read this file, takes the quotes as part of LOG_LEVEL. python-dotenv reads "INFO", Docker "\\"INFO\\"".',
    ],
    [
      ['kustomize'],
      "LOG_LEVEL='INFO'",
      'kustomize, which fleet has read this file, takes the quotes as part of LOG_LEVEL. python-dotenv reads "INFO", kustomize "\'INFO\'".',
    ],
    [
      ['raw'],
      'LOG_LEVEL="INFO"',
      'Docker, which web has read this file, takes the quotes as part of LOG_LEVEL. python-dotenv reads "INFO", Docker "\\"INFO\\"".',
    ],
    [
      ['compose'],
      'JARVISCORE_NODE_NAME=a$b',
      'Docker Compose, which web has read this file, reads JARVISCORE_NODE_NAME differently. python-dotenv reads "a$b", Docker Compose "a".',
    ],
    [
      ['systemd'],
      'JARVISCORE_NODE_NAME=${HOST}-1',
      'systemd, which node has read this file, reads JARVISCORE_NODE_NAME differently. python-dotenv reads "-1", systemd "${HOST}-1".',
    ],
    [
      ['docker'],
      'JARVISCORE_NODE_NAME=a ',
      'Docker, which my/agents has read this file, reads JARVISCORE_NODE_NAME differently. python-dotenv reads "a", Docker "a ".',
    ],
    [
      ['systemd'],
      'JARVISCORE_NODE_NAME=a\\nb',
      'systemd, which node has read this file, reads JARVISCORE_NODE_NAME differently. python-dotenv reads "a\\\\nb", systemd "anb".',
    ],
  ])('than python-dotenv, %j: %s', (names, text, message) => {
    expect(readBy([...names, 'python'], `${text}\n`)).toEqual([`1 ${message}`]);
  });

  it.each<[readonly string[], string, string]>([
    [
      ['systemd'],
      'LOG_LEVEL=INFO # c',
      'systemd, which node has read this file, takes the comment as part of LOG_LEVEL. systemd reads "INFO # …".',
    ],
    [
      ['docker'],
      'LOG_LEVEL="INFO"',
      'Docker, which my/agents has read this file, takes the quotes as part of LOG_LEVEL. Docker reads "\\"INFO\\"".',
    ],
    [
      ['kustomize'],
      'LOG_LEVEL="INFO" # c',
      'kustomize, which fleet has read this file, takes the quotes and the comment as part of LOG_LEVEL. kustomize reads "\\"INFO\\" # …".',
    ],
    [
      ['compose', 'systemd'],
      'LOG_LEVEL=INFO # c',
      'systemd, which node has read this file, takes the comment as part of LOG_LEVEL. Docker Compose reads "INFO", systemd "INFO # …".',
    ],
    [
      ['compose', 'systemd'],
      'JARVISCORE_NODE_NAME=a$b',
      'The programs that read this file do not agree on JARVISCORE_NODE_NAME. Docker Compose reads "a", systemd "a$b".',
    ],
  ])('where no python-dotenv reads the file, %j: %s', (names, text, message) => {
    expect(readBy(names, `${text}\n`)).toEqual([`1 ${message}`]);
  });

  it.each<[readonly string[], string]>([
    [['compose'], 'JARVISCORE_NODE_NAME=a$b'],
    [['compose'], 'LOG_LEVEL=INFO # c'],
    [['systemd'], 'JARVISCORE_NODE_NAME=${HOST}-1'],
    [['systemd'], 'JARVISCORE_NODE_NAME=a\\nb'],
    [['docker', 'kustomize'], 'JARVISCORE_NODE_NAME=a '],
  ])('than a program that does not read it is no finding, %j: %s', (names, text) => {
    expect(readBy(names, `${text}\n`)).toEqual([]);
  });

  it('is one finding with the readings of all of them', () => {
    expect(readBy(['compose', 'python', 'systemd', 'docker'], 'LOG_LEVEL="INFO" # c\nJARVISCORE_NODE_NAME=a$b\n')).toEqual([
      '1 systemd, which node has read this file, takes the comment as part of LOG_LEVEL. python-dotenv reads "INFO", systemd "INFO# …", Docker "\\"INFO\\" # …".',
      '2 Docker Compose, which web has read this file, reads JARVISCORE_NODE_NAME differently. python-dotenv reads "a$b", Docker Compose "a".',
    ]);
  });

  it('tells nothing of a secret but that it differs', () => {
    const [first = ''] = readBy(['docker'], 'CLAUDE_API_KEY="hunter2" # hunter2\n');
    expect(first).toContain('CLAUDE_API_KEY');
    expect(first).not.toContain('hunter2');
    expect(readBy(['docker'], 'MY_OWN="hunter2"\n').join()).not.toContain('hunter2');
  });
});
