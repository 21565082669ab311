import { describe, expect, it } from 'vitest';
import { FleetFeed } from '#client/fleet/fleetFeed.ts';
import { FleetModel } from '#client/fleet/fleetModel.ts';
import type { FleetDelta, FleetView } from '#schemas/fleet/view.ts';
import { peer, view } from './facts.ts';

function delta(changes: Partial<FleetDelta> = {}): FleetDelta {
  const { project, target, python, node, expected, alive } = view();
  return {
    epoch: 'one',
    base: 1,
    revision: 2,
    project,
    target,
    python,
    node,
    expected,
    alive,
    peers: [],
    removed: [],
    roles: null,
    sources: null,
    ...changes,
  };
}

describe('fleet model', () => {
  it('applies a delta on its base: changed, new and removed peers', () => {
    const model = new FleetModel();
    const kept = peer({ id: '127.0.0.1:1' });
    model.apply(view({ peers: [kept, peer({ id: '127.0.0.1:2' }), peer({ id: '127.0.0.1:3' })] }));
    const outcome = model.applyDelta(
      delta({ peers: [peer({ id: '127.0.0.1:2', state: 'dead' }), peer({ id: '127.0.0.1:4' })], removed: ['127.0.0.1:3'] }),
    );
    expect(outcome).toBe('applied');
    expect(model.view?.peers.map(({ id, state }) => `${id} ${state}`)).toEqual([
      '127.0.0.1:1 alive',
      '127.0.0.1:2 dead',
      '127.0.0.1:4 alive',
    ]);
    expect(model.view?.peers[0]).toBe(kept);
  });

  it('keeps the roles when a delta has none', () => {
    const model = new FleetModel();
    const roles = [{ role: 'coder', holders: [], gone: false }];
    model.apply(view({ roles }));
    model.applyDelta(delta());
    expect(model.view?.roles).toBe(roles);
    model.applyDelta(delta({ base: 2, revision: 3, roles: [] }));
    expect(model.view?.roles).toEqual([]);
  });

  it('tells a gap from something old', () => {
    const model = new FleetModel();
    expect(model.applyDelta(delta())).toBe('gap');
    model.apply(view({ revision: 5 }));
    expect(model.applyDelta(delta({ base: 4, revision: 5 }))).toBe('stale');
    expect(model.applyDelta(delta({ base: 6, revision: 7 }))).toBe('gap');
    expect(model.applyDelta(delta({ epoch: 'two', base: 5, revision: 6 }))).toBe('gap');
    expect(model.applyDelta(delta({ base: 5, revision: 6 }))).toBe('applied');
  });
});

/** A feed whose snapshots are answered by hand. */
function feedWithServer() {
  const asked: PromiseWithResolvers<unknown>[] = [];
  const shown: (FleetView | null)[] = [];
  const problems: string[] = [];
  const feed = new FleetFeed({
    snapshot: () => {
      const answer = Promise.withResolvers<unknown>();
      asked.push(answer);
      return answer.promise;
    },
    changed: (next) => shown.push(next),
    problem: (text) => problems.push(text),
  });
  return { feed, asked, shown, problems };
}

describe('fleet feed', () => {
  it('asks for one snapshot after a gap, however many changes follow, and goes on from it', async () => {
    const { feed, asked, shown } = feedWithServer();
    const first = feed.resync();
    asked[0]?.resolve(view());
    await first;
    const gap = feed.receive(delta({ base: 3, revision: 4 }));
    await feed.receive(delta({ base: 4, revision: 5 }));
    expect(asked).toHaveLength(2);
    asked[1]?.resolve(view({ revision: 5 }));
    await gap;
    expect(feed.view?.revision).toBe(5);
    await feed.receive(delta({ base: 5, revision: 6 }));
    expect(feed.view?.revision).toBe(6);
    expect(asked).toHaveLength(2);
    expect(shown.map((each) => each?.revision)).toEqual([1, 5, 6]);
  });

  it('lets whoever asks while a snapshot is on its way wait for that one', async () => {
    const { feed, asked } = feedWithServer();
    // A change that arrives before the first snapshot was asked for makes the feed ask by itself.
    const byChange = feed.receive(delta({ base: 1, revision: 2 }));
    const byWindow = feed.resync().then(() => feed.view?.revision);
    expect(asked).toHaveLength(1);
    asked[0]?.resolve(view({ revision: 2 }));
    await byChange;
    expect(await byWindow).toBe(2);
  });

  it('asks again when a snapshot is older than a change that came while it was on its way', async () => {
    const { feed, asked } = feedWithServer();
    const first = feed.resync();
    await feed.receive(delta({ base: 1, revision: 2 }));
    asked[0]?.resolve(view({ revision: 1 }));
    await expect.poll(() => asked.length).toBe(2);
    asked[1]?.resolve(view({ revision: 2 }));
    await first;
    expect(feed.view?.revision).toBe(2);
  });

  it('drops the answer of a server that has ended meanwhile', async () => {
    const { feed, asked, shown } = feedWithServer();
    const first = feed.resync();
    feed.reset();
    asked[0]?.resolve(view());
    await first;
    expect(feed.view).toBeNull();
    const second = feed.resync();
    asked[1]?.resolve(view({ epoch: 'two' }));
    await second;
    expect(shown.map((each) => each?.epoch ?? null)).toEqual([null, 'two']);
  });

  it('reports what cannot be read and recovers by a snapshot', async () => {
    const { feed, asked, problems } = feedWithServer();
    const recovery = feed.receive({ epoch: 1 });
    asked[0]?.resolve({ not: 'a view' });
    await recovery;
    expect(problems).toHaveLength(2);
    expect(feed.view).toBeNull();
    const retry = feed.resync();
    asked[1]?.resolve(view());
    await retry;
    expect(feed.view?.revision).toBe(1);
  });

  it('reports a snapshot that never comes and asks again at the next change', async () => {
    const { feed, asked, problems } = feedWithServer();
    const first = feed.resync();
    asked[0]?.reject(new Error('the server is gone'));
    await first;
    expect(problems).toEqual(['The fleet view could not be fetched: the server is gone']);
    void feed.receive(delta());
    await expect.poll(() => asked.length).toBe(2);
  });
});
