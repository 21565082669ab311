/** Seeds that `join_mesh()` is told as arguments. */
import { describe, expect, it } from 'vitest';
import { applyEdits } from '#server/report/edits.ts';
import { findingsOf } from './workspace.ts';

const written = (call: string): string => `from jarviscore import Agent\n\nasync def main():\n    await Agent().${call}\n`;
const about = (call: string) =>
  findingsOf({ 'node.py': written(call) }, { target: '3.0.0' }).filter(({ rule }) => rule.startsWith('seed-'));

describe('seeds of join_mesh()', () => {
  it.each([
    ['join_mesh(seed_nodes="10.20.0.1")', ['seed-malformed']],
    ['join_mesh(seed_nodes="10.20.0.1:79460")', ['seed-malformed']],
    ['join_mesh(endpoint="http://10.20.0.1:7946")', ['seed-malformed']],
    ['join_mesh("10.20.0.1")', ['seed-malformed']],
    ['join_mesh(seed_nodes="7946")', ['seed-bare-port']],
    ['join_mesh(seed_nodes="0.0.0.0:7946")', ['seed-wildcard']],
    ['join_mesh(seed_nodes="10.20.0.1:7946,")', ['seed-empty-item']],
    ['join_mesh(seed_nodes="10.20.0.1:7946,10.20.0.1:7946")', ['seed-duplicate']],
    // The endpoint does not count beside seeds.
    ['join_mesh(endpoint="oops", seed_nodes="10.20.0.1:7946")', []],
    ['join_mesh(seed_nodes=seeds())', []],
    ['join_mesh(seed_nodes="10.20.0.1:7946, 10.20.0.2:7946", config={"bind_port": 0})', ['seed-whitespace']],
    ['join_mesh("10.20.0.1:7946")', []],
  ])('%s', (call, rules) => {
    expect(
      about(call)
        .map(({ rule }) => rule)
        .filter((rule) => rule !== 'seed-unknown-node'),
    ).toEqual(rules);
  });

  it('are mended in their place', () => {
    const call = 'join_mesh(seed_nodes="10.20.0.1:7946;10.20.0.2:7946", config={"bind_port": 0})';
    const [finding] = about(call);
    expect(finding?.message).toMatch(/^seed_nodes=: "10\.20\.0\.1:7946;10\.20\.0\.2:7946" is no host:port/);
    expect(applyEdits(written(call), finding?.fixes[0]?.edits ?? [])).toBe(
      written('join_mesh(seed_nodes="10.20.0.1:7946,10.20.0.2:7946", config={"bind_port": 0})'),
    );
  });

  it('are what a node has seeds by, whatever the environment says', () => {
    const call = (seeds: string) => `join_mesh(seed_nodes="${seeds}", config={"bind_host": "10.20.0.9", "bind_port": 7946})`;
    const twice = written(call('10.20.0.9:7946,10.20.0.8:7946'));
    const files = { 'node.py': twice, '.env': 'JARVISCORE_SEED_NODES=10.20.0.9:7946,10.20.0.7:7946\n' };
    const [finding] = findingsOf(files, { target: '3.0.0' }).filter(({ rule }) => rule === 'seed-self');
    expect([finding?.uri.endsWith('/node.py'), finding?.range.start]).toEqual([true, { line: 3, character: 39 }]);
    expect(applyEdits(twice, finding?.fixes[0]?.edits ?? [])).toBe(written(call('10.20.0.8:7946')));
  });
});
