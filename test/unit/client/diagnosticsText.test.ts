import { describe, expect, it } from 'vitest';
import { type DiagnosticsFacts, diagnosticsText } from '#client/diagnostics/diagnosticsText.ts';
import { RecentLines } from '#client/diagnostics/recentLines.ts';
import { node, peer, unseen, view } from './facts.ts';

function text(changes: Partial<DiagnosticsFacts> = {}): string {
  const versions = {
    extension: '0.1.0',
    vscode: '1.106.0',
    node: 'v24.21.0',
    platform: 'linux x64',
    remote: null,
    language: 'de',
  };
  const window = { folderOpen: true, project: true, trusted: true, server: 'running' } as const;
  return diagnosticsText({ ...versions, folders: 1, window, settings: [], view: view(), log: [], ...changes });
}

describe('the diagnostics information', () => {
  it('has versions, the state of the hosts and counts', () => {
    const peers = [peer({ id: '127.0.0.1:1' }), peer({ id: '127.0.0.1:2', state: 'dead' }), unseen('writer', '127.0.0.1:3')];
    const error = { code: 'port-taken' as const, message: 'Port 7946 is taken.', remedy: '' };
    const report = text({ view: view({ peers, node: node({ phase: 'failed', error, restarts: 2 }) }), remote: 'ssh-remote' });
    for (const line of [
      '- JarvisCore Fleet 0.1.0',
      '- VS Code 1.106.0, de',
      '- Node v24.21.0, linux x64',
      '- Remote: ssh-remote',
      '- Workspace: 1 folders, trusted',
      '- Language server: running',
      '- Local node: failed, 2 restarts after a crash',
      '- Peers: 1 alive, 1 dead, 1 never seen; declared 1',
      '- Error: port-taken: Port 7946 is taken.',
      '- Framework release assumed: 3.0.0 (newest known release)',
    ]) {
      expect(report).toContain(`${line}\n`);
    }
    expect(text({ view: null })).toMatch(/## Fleet\n\nnot known\n/);
  });

  it('says which settings were changed, but repeats no text that somebody wrote', () => {
    const changed = [
      { key: 'jarviscoreFleet.node.port', value: 7946, where: 'workspace' },
      { key: 'jarviscoreFleet.profile', value: 'production', where: 'user', listed: true },
      { key: 'jarviscoreFleet.target', value: '2.3.0', where: 'folder' },
      { key: 'jarviscoreFleet.node.name', value: 'Ann Smith’s laptop', where: 'user' },
      { key: 'jarviscoreFleet.relayHub.host', value: 'annsmith', where: 'user' },
      { key: 'jarviscoreFleet.node.seeds', value: ['10.1.2.3:7946'], where: 'user' },
      { key: 'jarviscoreFleet.severities', value: { 'port-ephemeral': 'off' }, where: 'user' },
    ];
    const report = text({ settings: changed.map((setting) => ({ listed: false, ...setting })) });
    expect(report).toContain(
      [
        '- jarviscoreFleet.node.port = 7946 (workspace)',
        '- jarviscoreFleet.profile = production (user)',
        '- jarviscoreFleet.target = 2.3.0 (folder)',
        '- jarviscoreFleet.node.name = text of 18 characters (user)',
        '- jarviscoreFleet.relayHub.host = text of 8 characters (user)',
        '- jarviscoreFleet.node.seeds = list of 1 (user)',
        '- jarviscoreFleet.severities = object with 1 keys (user)',
      ].join('\n'),
    );
    for (const secret of ['Ann', 'ann', '10.1.2.3']) expect(report).not.toContain(secret);
  });

  it.each([
    'OPENAI_API_KEY=sk-hunter2',
    'connect redis://user:hunter2@10.0.0.1 failed',
    'REDIS_URL=redis://:hunter2@10.0.0.1/0',
    '{"workspace_key": "hunter2"}',
    'Authorization: Bearer hunter2',
    "password='hunter2'",
    'token: hunter2',
  ])('holds back what is secret in %s', (line) => {
    const report = text({ log: [line], view: view({ node: node({ error: { code: 'internal', message: line, remedy: '' } }) }) });
    expect(report).toContain('***');
    expect(report).not.toContain('hunter2');
  });

  it('cannot be broken out of by a line of the log', () => {
    const report = text({ log: ['a', '```', '# heading'] });
    expect(report).toMatch(/````text\na\n```\n# heading\n````\n$/);
  });
});

describe('the last lines of the log', () => {
  it('are bounded in number and length', () => {
    const recent = new RecentLines(() => new Date('2026-11-21T10:42:07.000Z'));
    for (let index = 0; index < 500; index++) recent.add('info', `${index} ${'x'.repeat(5_000)}`);
    expect(recent.lines).toHaveLength(200);
    expect(recent.lines[0]).toMatch(/^2026-11-21T10:42:07\.000Z info 300 x+…$/);
    expect(Math.max(...recent.lines.map((line) => line.length))).toBeLessThan(1_050);
  });
});
