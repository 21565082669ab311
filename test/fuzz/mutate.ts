/** Mutations of bytes, of texts and of JSON values: structure survives often enough to get past the first check. */
import type { Dice } from './random.ts';

const maxBytes = 64 * 1024;

const wordsOfTexts = [
  ...['', ' ', '\t', '\n', '\r\n', '\r', '\0', '\u2028', '\ufeff', '\ud800', 'é', '🦊', 'İ', '\u0301'],
  ...[
    '=',
    ':',
    '#',
    '"',
    "'",
    '`',
    '\\',
    '$',
    '${',
    '${A',
    '${A:-',
    '}',
    '$(',
    '[',
    ']',
    '{',
    '}',
    '<<',
    '&a',
    '*a',
    '|',
    '>-',
    '---',
  ],
  ...['export ', 'A=1', '"""', "'''", 'f"', 'lambda: ', 'Mesh(', 'config={', '**x', 'import ', 'from ', 'services:', 'env_file:'],
  ...['JARVISCORE_BIND_PORT', 'P2P_ENABLED', 'SEED_NODES', '127.0.0.1:7946', '[::1]:7946', '65536', '-1', '1e309', '0x10', '١٢'],
  ...[
    'true',
    'null',
    'yes',
    'NaN',
    '__proto__',
    'constructor',
    'toString',
    'ENV ',
    'RUN ',
    'Environment=',
    '[Service]',
    'apiVersion: v1',
  ],
];

const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 5e-324],
  ...['', 'x', '\ud800', '\0', '__proto__', 'ALIVE', 'DEAD', '127.0.0.1:7946', 'x'.repeat(300), '2026-01-01T00:00:00Z'],
  ...[[], {}, [[]], [null], { a: 1 }],
];

/** One change of a JSON value; the parts that are not changed stay the same objects. */
function mutateValue(value: unknown, dice: Dice, depth = 0): unknown {
  if (dice.chance(0.15) || depth > 12) return dice.pick(oddValues);
  if (Array.isArray(value)) {
    if (value.length === 0 || dice.chance(0.2)) return [...value, dice.pick(oddValues)];
    const at = dice.below(value.length);
    if (dice.chance(0.2)) return value.toSpliced(at, 1);
    if (dice.chance(0.1)) return Array.from({ length: dice.pick([2, 40, 2_000]) }, () => value[at]);
    return value.with(at, mutateValue(value[at], dice, depth + 1));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0 || dice.chance(0.1)) return { ...value, [dice.pick(wordsOfTexts)]: dice.pick(oddValues) };
    const [key, held] = dice.pick(entries);
    const rest = entries.filter(([name]) => name !== key);
    if (dice.chance(0.15)) return Object.fromEntries(rest);
    if (dice.chance(0.1)) return Object.fromEntries([...rest, [dice.pick(wordsOfTexts), held]]);
    return Object.fromEntries(entries.map(([name, each]) => [name, name === key ? mutateValue(each, dice, depth + 1) : each]));
  }
  if (typeof value === 'string' && dice.chance(0.7)) return mutateText(value, dice);
  if (typeof value === 'number' && dice.chance(0.7))
    return dice.pick([value + 1, -value, value * 1e9, value / 3, Math.trunc(value)]);
  return dice.pick(oddValues);
}

/** JSON texts that no encoder writes: deep, long, with keys twice. */
function oddJson(text: string, dice: Dice): string {
  const deep = dice.pick([100, 1_000, 20_000]);
  return dice.pick([
    '['.repeat(deep),
    `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
    text.replace('{', '{"type":"PING",'),
    text.replace('{', '{"__proto__":{"polluted":1},'),
    text.replace(/\d+/, '1e999'),
    `${text}${text}`,
  ]);
}

/** A few changes of a text: words from where such texts break, lines twice, moved or gone, spans from the other text. */
export function mutateText(text: string, dice: Dice, other = ''): string {
  let result = text;
  for (let left = 1 + dice.below(4); left > 0; left -= 1) {
    const at = dice.below(result.length + 1);
    const end = Math.min(result.length, at + dice.below(40));
    switch (dice.below(7)) {
      case 0:
        result = result.slice(0, at) + dice.pick(wordsOfTexts) + result.slice(at);
        break;
      case 1:
        result = result.slice(0, at) + result.slice(end);
        break;
      case 2:
        result = result.slice(0, at) + dice.pick(wordsOfTexts).repeat(1 + dice.below(30)) + result.slice(end);
        break;
      case 3: {
        const from = dice.below(other.length + 1);
        result = result.slice(0, at) + other.slice(from, from + dice.below(200)) + result.slice(at);
        break;
      }
      case 4: {
        const lines = result.split('\n');
        const line = dice.below(lines.length);
        result = lines.toSpliced(dice.below(lines.length), dice.below(2), lines[line] ?? '').join('\n');
        break;
      }
      case 5:
        result = result.slice(0, at) + String.fromCharCode(dice.below(dice.pick([128, 0x3000, 0x1_0000]))) + result.slice(at);
        break;
      default:
        result = result.slice(0, at);
    }
  }
  return result.slice(0, maxBytes);
}

/** A changed JSON text. What is no JSON is changed as a text. */
export function mutateJson(text: string, dice: Dice): string {
  if (dice.chance(0.05)) return oddJson(text, dice).slice(0, 4 * maxBytes);
  if (dice.chance(0.1)) return mutateText(text, dice);
  try {
    let value: unknown = JSON.parse(text);
    for (let left = 1 + dice.below(4); left > 0; left -= 1) value = mutateValue(value, dice);
    return JSON.stringify(value) ?? 'null';
  } catch {
    return mutateText(text, dice);
  }
}

/** A few changes of bytes: bits, bytes, lengths, cuts and repeats. */
export function mutateBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  let result = Uint8Array.from(bytes);
  for (let left = 1 + dice.below(6); left > 0; left -= 1) {
    const at = dice.below(result.length + 1);
    switch (dice.below(5)) {
      case 0:
        if (at < result.length) result[at] = (result[at] ?? 0) ^ (1 << dice.below(8));
        break;
      case 1:
        if (at < result.length) result[at] = dice.pick([0, 1, 0x7f, 0x80, 0xff, 0x43, 0x55, 0x7b]);
        break;
      case 2:
        result = result.slice(0, at);
        break;
      case 3:
        result = Uint8Array.from([...result.slice(0, at), ...result.slice(at, at + 32), ...result.slice(at)]).slice(0, maxBytes);
        break;
      default:
        result = Uint8Array.from([
          ...result.slice(0, at),
          ...Array.from({ length: dice.below(16) }, () => dice.below(256)),
          ...result.slice(at),
        ]);
    }
  }
  return result;
}
