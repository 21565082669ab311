/**
 * Fuzzes every parser and codec.
 *
 *   npm run fuzz -- --time 60s                       all targets share the time
 *   npm run fuzz -- --inputs 1000000 --target swim   as many inputs, however long that takes
 *   npm run fuzz -- --inputs 1000000 --kind codec    the same for every target of a kind: codec, reader
 *   npm run fuzz -- --show swim --seed 7 --input 123 writes one input to standard output
 *
 * An input is told by target, seed and number. What fails is written to .cache/fuzz and named with the command that shows
 * it; put it into test/fuzz/corpus/<target>/ with a telling name, and "npm test" runs it for ever.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dice } from './random.ts';
import { Fuzzer } from './supervise.ts';
import { inputOf } from './target.ts';
import { targetNamed, targets } from './targets.ts';

const { values } = parseArgs({
  options: {
    time: { type: 'string' },
    inputs: { type: 'string' },
    target: { type: 'string', multiple: true },
    kind: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    show: { type: 'string' },
    input: { type: 'string', default: '0' },
  },
});
const seed = Number(values.seed);
const folder = fileURLToPath(new URL('../../.cache/fuzz', import.meta.url));
const silenceMs = 120_000;

const generated = (name: string, number: number): Uint8Array => inputOf(targetNamed(name), dice(seed * 1_000_003 + number));

async function runAll(): Promise<void> {
  const named = values.target === undefined ? targets : values.target.map(targetNamed);
  const chosen = named.filter(({ kind }) => values.kind === undefined || kind === values.kind);
  if (chosen.length === 0) throw new Error(`There is no target of the kind ${values.kind}: codec, reader.`);
  const [, number = '60', unit = 's'] = /^(\d+)(s|m|h)$/.exec(values.time ?? (values.inputs === undefined ? '60s' : '24h')) ?? [];
  const totalMs = Number(number) * { s: 1_000, m: 60_000, h: 3_600_000 }[unit as 's' | 'm' | 'h'];
  const shareMs = values.inputs === undefined ? totalMs / chosen.length : totalMs;
  console.log(`seed ${seed}`);
  const fuzzer = new Fuzzer(silenceMs);
  for (const { name } of chosen) {
    const started = Date.now();
    const count = values.inputs === undefined ? 1_000_000_000 : Number(values.inputs);
    const { inputs, failure } = await fuzzer.run({ target: name, seed, first: 0, count, forMs: shareMs });
    const seconds = (Date.now() - started) / 1_000;
    console.log(`${name}: ${inputs} inputs in ${seconds.toFixed(1)} s${failure === null ? '' : ', FAILED'}`);
    if (failure === null) continue;
    process.exitCode = 1;
    mkdirSync(folder, { recursive: true });
    const file = `${folder}/${name}-${seed}-${failure.number}`;
    writeFileSync(file, generated(name, failure.number));
    console.log(`${failure.what}\n  ${file}\n  npm run fuzz -- --show ${name} --seed ${seed} --input ${failure.number}`);
  }
  fuzzer.stop();
}

if (values.show === undefined) await runAll();
else process.stdout.write(generated(values.show, Number(values.input)));
