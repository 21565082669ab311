import { describe, expect, it } from 'vitest';
import { FormerSelves } from '#client/fleet/formerSelves.ts';
import { node, peer, self, unseen, view } from './facts.ts';

const before = '127.0.0.1:17000';

function remembering(addresses: readonly string[] = []) {
  const kept: string[][] = [];
  return { kept, selves: new FormerSelves(addresses, (all) => kept.push([...all])) };
}

describe('former selves', () => {
  it('hides the dead peer that was the local node before its restart', () => {
    const { selves, kept } = remembering();
    selves.hide(view({ node: node({ self: { ...self, address: before } }) }));
    const after = selves.hide(view({ peers: [peer(), peer({ id: before, state: 'dead' })] }));
    expect(after.peers.map(({ id }) => id)).toEqual(['127.0.0.1:7946']);
    expect(kept).toEqual([[before], [before, self.address]]);
  });

  it('knows them from the last window', () => {
    const { selves } = remembering([before]);
    expect(selves.hide(view({ peers: [peer({ id: before, state: 'left' })] })).peers).toEqual([]);
  });

  it('shows whoever is alive or declared at such an address', () => {
    const { selves } = remembering([before, 'declared:127.0.0.1:1']);
    const shown = view({ peers: [peer({ id: before }), unseen('writer', '127.0.0.1:1')] });
    expect(selves.hide(shown)).toBe(shown);
  });

  it('remembers each address once and at most fifty', () => {
    const { selves, kept } = remembering();
    for (let port = 1; port <= 60; port++) {
      const now = view({ node: node({ self: { ...self, address: `127.0.0.1:${port}` } }) });
      selves.hide(now);
      selves.hide(now);
    }
    expect(kept).toHaveLength(60);
    expect(kept.at(-1)).toHaveLength(50);
    expect(kept.at(-1)?.at(-1)).toBe('127.0.0.1:60');
  });
});
