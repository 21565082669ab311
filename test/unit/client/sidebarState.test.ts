import { describe, expect, it } from 'vitest';
import { RestartPolicy } from '#client/session/restartPolicy.ts';
import { checkerStatusText } from '#client/status/checkerStatusText.ts';
import { nodeStatusText } from '#client/status/nodeStatusText.ts';
import { sidebar, type WindowFacts } from '#client/views/sidebarState.ts';
import type { NodeError } from '#schemas/fleet/mesh.ts';
import { english, node, peer, t1042, unseen, view } from './facts.ts';
import { manifest } from './packageJson.ts';

const window: WindowFacts = { folderOpen: true, project: true, trusted: true, server: 'running' };
const stopped = view({ node: node({ phase: 'stopped', self: null }) });

function failed(code: NodeError['code']) {
  const error = { code, message: 'Port 17946 on 127.0.0.1 is taken.', remedy: 'Choose another port.' };
  return view({ node: node({ phase: 'failed', self: null, error }) });
}

const silent = [{ address: '127.0.0.1:7946', state: 'silent' as const, since: t1042 }];

describe('state of the sidebar', () => {
  it.each([
    ['looking', { ...window, project: null, server: 'stopped' }, null],
    ['noProject', { ...window, project: false, server: 'stopped' }, null],
    ['noProject', { ...window, folderOpen: false, project: null, server: 'stopped' }, null],
    ['untrusted', { ...window, trusted: false }, stopped],
    ['serverFailed', { ...window, server: 'failed' }, null],
    ['stopped', window, stopped],
    ['starting', window, view({ node: node({ phase: 'starting', self: null }) })],
    ['portTaken', window, failed('port-taken')],
    ['badAddress', window, failed('bad-address')],
    ['addonUnavailable', window, failed('addon-unavailable')],
    ['crashed', window, failed('host-crashed')],
    ['failed', window, failed('internal')],
    ['alone', window, view({ peers: [] })],
    ['aloneSilent', window, view({ peers: [], node: node({ seeds: silent }) })],
    ['running', window, view()],
  ] as const)('%s', (state, facts, fleet) => {
    expect(sidebar(facts, fleet, english).state).toBe(state);
  });

  it('has welcome content in package.json for every state but running, and the roles say something in each', () => {
    const states = ['looking', 'noProject', 'untrusted', 'serverFailed', 'stopped', 'starting', 'portTaken', 'badAddress'];
    states.push('addonUnavailable', 'crashed', 'failed', 'alone', 'aloneSilent');
    const welcome = manifest.contributes.viewsWelcome.filter(
      (each) => each.view === 'jarviscoreFleet.peers' && !each.when.includes('jarviscoreFleet.python'),
    );
    expect(welcome.map((each) => each.when).sort()).toEqual(states.map((state) => `jarviscoreFleet.state == ${state}`).sort());
    const roles = manifest.contributes.viewsWelcome.filter((each) => each.view === 'jarviscoreFleet.roles');
    for (const state of [...states, 'running']) {
      const clauses = (each: { when: string }) => each.when.split(' && ').map((clause) => clause.split(' ').slice(1).join(' '));
      const shown = roles.filter((each) =>
        clauses(each).every((clause) => clause === `== ${state}` || (clause.startsWith('!= ') && clause !== `!= ${state}`)),
      );
      expect(shown, state).toHaveLength(1);
    }
  });

  it('says how many are alive, and what is missing on the badge', () => {
    const peers = [peer({ id: '127.0.0.1:1' }), peer({ id: '127.0.0.1:2', state: 'dead' }), unseen('writer', '127.0.0.1:3')];
    const { description, badge, message } = sidebar(window, view({ peers }), english);
    expect(description).toBe('1 of 3 alive');
    expect(badge).toEqual({ value: 2, tooltip: '1 of 3 nodes alive: 2 are missing' });
    expect(message).toBe('');
  });

  it('says that there is no Python to run a node with, in welcome content and above declared rows', () => {
    const nodes = [unseen('writer', '127.0.0.1:3')];
    expect(sidebar(window, view({ python: false, peers: nodes }), english).message).toMatch(/no Python was found/);
    expect(sidebar(window, view({ python: true, peers: nodes }), english).message).not.toMatch(/Python/);
    const [welcome] = manifest.contributes.viewsWelcome.filter((each) => each.when.includes('jarviscoreFleet.python == missing'));
    for (const state of ['stopped', 'alone', 'aloneSilent']) expect(welcome?.when).toContain(state);
    expect(welcome?.contents).toMatch(/Install Python/);
  });

  it('counts on the badge who is alive and needs attention, too', () => {
    const peers = [peer({ id: '127.0.0.1:1', warnings: ['Wildcard identity.'] }), peer({ id: '127.0.0.1:2', state: 'dead' })];
    expect(sidebar(window, view({ peers }), english).badge).toEqual({
      value: 2,
      tooltip: '1 of 2 nodes alive: 1 is missing, 1 needs attention',
    });
  });

  it('says above the rows why the local node is another one than was started', () => {
    const lastCrash = { at: t1042, message: 'The mesh host was ended by SIGKILL.' };
    const { message, state } = sidebar(window, view({ node: node({ restarts: 1, lastCrash }) }), english);
    expect(state).toBe('running');
    expect(message).toBe('The local node crashed at 10:42:00 and was started again: The mesh host was ended by SIGKILL.');
  });

  it('has no badge while everybody is alive', () => {
    expect(sidebar(window, view(), english).badge).toBeNull();
  });

  it('says above declared rows which seed is silent since when', () => {
    const fleet = view({ peers: [unseen('writer', '127.0.0.1:3')], node: node({ seeds: silent }) });
    const { message, state } = sidebar(window, fleet, english);
    expect(state).toBe('running');
    expect(message).toContain('Seed 127.0.0.1:7946 has been silent since 10:42');
  });

  it('gives the reason of a failure beside the title', () => {
    expect(sidebar(window, failed('port-taken'), english).description).toBe('Port 17946 on 127.0.0.1 is taken.');
  });
});

describe('status bar', () => {
  const text = (facts: WindowFacts, fleet: Parameters<typeof sidebar>[1]) =>
    nodeStatusText(sidebar(facts, fleet, english), fleet, english);

  it('counts the living', () => {
    const peers = [peer({ id: '127.0.0.1:1' }), peer({ id: '127.0.0.1:2', state: 'dead' })];
    const status = text(window, view({ peers }));
    expect(status?.text).toBe('$(radio-tower) 1/2 alive');
    expect(status?.ariaLabel).toBe('JarvisCore fleet: 1 of 2 alive. Select to show the peers.');
  });

  it('says alone instead of counting nobody', () => {
    expect(text(window, view({ peers: [] }))?.text).toBe('$(radio-tower) alone');
  });

  it('is absent where there is no project, and starts the node where it is stopped', () => {
    expect(text({ ...window, project: false, server: 'stopped' }, null)).toBeNull();
    expect(text(window, stopped)?.command).toBe('jarviscoreFleet.startLocalNode');
  });

  it('gives reason and remedy of a failure', () => {
    const status = text(window, failed('port-taken'));
    expect(status?.severity).toBe('error');
    expect(status?.tooltip).toBe('Port 17946 on 127.0.0.1 is taken.\nChoose another port.');
  });

  it('leads to workspace trust where that is missing', () => {
    expect(text({ ...window, trusted: false }, stopped)?.command).toBe('workbench.trust.manage');
  });
});

describe('language status', () => {
  it('names the release the checks assume, or why there are none', () => {
    expect(checkerStatusText('running', view(), english)).toEqual({
      text: 'JarvisCore 3.0.0',
      detail: 'checked against this framework release: newest known release',
      busy: false,
      failed: false,
    });
    expect(checkerStatusText('starting', null, english).busy).toBe(true);
    expect(checkerStatusText('running', view(), english, t1042).detail).toMatch(/ · started again after a crash at 10:42:00$/);
    expect(checkerStatusText('failed', null, english)).toMatchObject({ text: 'JarvisCore checks are not running', failed: true });
  });
});

describe('restart policy of the language server', () => {
  it('gives up after four ends within three minutes, and forgets old ones', () => {
    let now = 0;
    const policy = new RestartPolicy(() => now);
    expect([1, 2, 3, 4].map(() => policy.ended())).toEqual([true, true, true, true]);
    expect(policy.ended()).toBe(false);
    now = 180_000;
    expect(policy.ended()).toBe(true);
    policy.forgive();
    expect([1, 2, 3, 4, 5].map(() => policy.ended())).toEqual([true, true, true, true, false]);
  });
});
