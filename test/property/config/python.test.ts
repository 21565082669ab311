import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { LineIndex } from '#server/config/text/lines.ts';
import { comparePositions, type Range } from '#server/config/text/position.ts';

const context = createReaderContext(1);

const source = `import os
from jarviscore import Mesh as M, JarvisLifespan
from dotenv import load_dotenv
load_dotenv(os.path.join("deploy", "node.env"), override=True)
PORT: int = 7946
HOST = "127.0.0" + ".1"
base = dict(node_name="alpha", keepalive_interval=90)
async def main(agent):
    config = {**base, "bind_port": PORT + 1, 'seed_nodes': f"{HOST}:{PORT}", "claude_api_key": "sk-ant-canary"}
    config["zmq_port_offset"] = int(os.getenv("OFFSET", "1000"))
    mesh = M(config=config | {"p2p_enabled": True})
    await agent.join_mesh(config={"bind_host": HOST}, seed_nodes="10.0.0.1:7946")
    os.environ["REDIS_URL"] = "redis://:canary@h/0"
    app = JarvisLifespan(agent, bind_port=7980, **base)
`;

function allRanges(value: unknown, found: Range[] = []): Range[] {
  if (value === null || typeof value !== 'object') return found;
  if ('start' in value && 'end' in value) found.push(value as Range);
  else for (const inner of Object.values(value)) allRanges(inner, found);
  return found;
}

const mutated = fc
  .tuple(
    fc.nat({ max: source.length }),
    fc.nat({ max: 40 }),
    fc.constantFrom('', '"', "'", '{', '}', '(', ')', '**', ',', '\n', 'x = ', ':', '\\', '"""', 'lambda', '=', 'M('),
  )
  .map(([at, remove, insert]) => source.slice(0, at) + insert + source.slice(at + remove));

test('half-typed and damaged Python never throws, keeps valid ranges and lets no secret out', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        mutated,
        fc.nat({ max: source.length }).map((end) => source.slice(0, end)),
      ),
      (text) => {
        const lines = new LineIndex(text);
        const document = readDocument({ uri: 'file:///w/node.py', text, kind: 'python' }, context);
        for (const range of allRanges(document)) {
          expect(comparePositions(range.start, range.end)).toBeLessThanOrEqual(0);
          for (const position of [range.start, range.end]) expect(lines.position(lines.offset(position))).toEqual(position);
        }
        // The names that make a value secret are written before it; damage to them makes other text of it.
        if (
          text.includes('"claude_api_key": "sk-ant-canary"') &&
          text.includes('os.environ["REDIS_URL"] = "redis://:canary@h/0"')
        ) {
          expect(JSON.stringify(document)).not.toContain('canary');
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('a dict typed up to any pair keeps the pairs before it', () => {
  const pairs = ['"bind_port": 7946', '"node_name": "a"', '"p2p_enabled": True', '"seed_nodes": "h:1"'];
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: pairs.length }),
      fc.constantFrom('', ',', ',\n', ', "zmq_po', ', "zmq_port_offset":', ', **'),
      (count, tail) => {
        const text = `from jarviscore import Mesh\nmesh = Mesh(config={${pairs.slice(0, count).join(', ')}${tail}`;
        const { assignments, processes } = readDocument({ uri: 'file:///w/node.py', text, kind: 'python' }, context);
        expect(processes).toHaveLength(1);
        const names = assignments.map(({ name }) => name);
        expect(names.slice(0, count)).toEqual(['bind_port', 'node_name', 'p2p_enabled', 'seed_nodes'].slice(0, count));
      },
    ),
  );
});
