/** Every setting of the catalogue: some wrong way to write it is reported, and some right way is not. Made from the catalogue. */
import { describe, expect, it } from 'vitest';
import { defaultIn, inRange, releases, type Setting, settings } from '#schemas/settings/catalogue.ts';
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { displayName, existsIn } from '#server/config/rules/settingIndex.ts';
import { type Files, findingsOf } from '../rules/workspace.ts';

interface Attempt {
  readonly files: Files;
  readonly target: string;
}

const newestFirst = releases.toReversed();
/** A `<PART>` of a name stands for any word. */
const environmentName = ({ envName }: Setting): string | null => envName?.replace(/<\w+>/g, 'GITHUB') ?? null;
const releasesOf = (setting: Setting): readonly string[] => newestFirst.filter((release) => existsIn(setting, release));

const envFile = (name: string, text: string): Files => ({ 'service.env': `${name}=${text}\n` });
const dict = (key: string, source: string): Files => ({
  'node.py': `from jarviscore import Mesh\n\nmesh = Mesh(config={"p2p_enabled": False, "${key}": ${source}})\n`,
});
const computed = '"$(cat /run/secrets/value)"';
/** The node's name shows that the script starts the framework. */
const script = (name: string, value: string): Files => ({
  'start.sh': `#!/bin/sh\nexport JARVISCORE_NODE_NAME=node\nexport ${name}=${value}\npython node.py\n`,
});

/** Text that a value of the type can be. */
function validTexts(setting: Setting, release: string): readonly string[] {
  const preset = defaultIn(setting, release);
  const low = setting.min ?? 1;
  const own: Partial<Record<Setting['type'], readonly string[]>> = {
    bool: ['true', 'false'],
    int: [String(Math.max(1, Math.ceil(low))), '1000', '30'],
    float: [String(Math.max(0.5, low)), '0.5', '30.0'],
    enum: setting.values ?? [],
    port: ['7950', '9101'],
    host: ['10.0.0.4'],
    'host:port list': ['10.0.0.5:7950'],
    url: [
      'https://service.acme.example',
      'redis://redis.internal:6379/0',
      'postgresql://db.internal/atlas',
      'http://10.0.0.9:8090',
    ],
    path: ['/var/lib/atlas'],
    json: ['{}'],
    list: ['alice,bob'],
  };
  const text = typeof preset === 'boolean' || typeof preset === 'number' || typeof preset === 'string' ? [String(preset)] : [''];
  return [
    ...text,
    ...(own[setting.type] ?? [
      'gpt-4o',
      'production',
      '2024-10-21',
      '1280x720',
      'Europe/Berlin',
      'en-GB',
      'app.main:make',
      'acme-blobs',
    ]),
  ];
}

function validSources(setting: Setting, release: string): readonly string[] {
  const texts = validTexts(setting, release).flatMap((text): string[] => {
    if (setting.type === 'bool') return [text === 'true' ? 'True' : 'False'];
    if (['int', 'float', 'port'].includes(setting.type)) return text === '' ? [] : [text];
    return [JSON.stringify(text)];
  });
  return [...texts, '{}', '[]', 'make()'];
}

function* right(setting: Setting): Generator<Attempt> {
  const name = environmentName(setting);
  const known = releasesOf(setting);
  for (const target of known.length > 0 ? known : newestFirst) {
    if (name !== null && setting.secret) yield { files: script(name, computed), target };
    if (name !== null && !setting.secret) {
      for (const text of validTexts(setting, target)) {
        yield { files: envFile(name, text), target };
        yield { files: script(name, `'${text}'`), target };
      }
    }
    if (setting.meshKey !== null)
      for (const source of validSources(setting, target)) yield { files: dict(setting.meshKey, source), target };
  }
}

/** A letter too many, as fingers write it. */
const misspelled = (name: string): string => name.replace(/([A-Za-z])$/, '$1$1');

function* wrong(setting: Setting): Generator<Attempt> {
  const name = environmentName(setting);
  const known = releasesOf(setting);
  const target = known[0] ?? newestFirst[0] ?? '';
  if (name !== null) {
    for (const text of ['', 'enabled', 'nonsense value', '-5', '70000', '{', 'ftp://x', 'http://localhost:1', '"x']) {
      yield { files: envFile(name, text), target };
    }
    for (const release of releases) if (!known.includes(release)) yield { files: envFile(name, 'x'), target: release };
    for (const release of known) yield { files: envFile(name, 'other'), target: release };
    yield { files: envFile(misspelled(name), 'x'), target };
    yield { files: envFile(`JARVISCORE_${name}`, 'x'), target };
  }
  if (setting.meshKey === null) return;
  for (const source of ['None', '"text"', '-5', '"sk-ant-q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA"'])
    yield { files: dict(setting.meshKey, source), target };
  yield { files: dict(misspelled(setting.meshKey), '1'), target };
  for (const release of releases) if (!known.includes(release)) yield { files: dict(setting.meshKey, '1'), target: release };
}

/** Everything said about a file that writes nothing else. Rules of other shapes ask for further settings beside it. */
const reports = ({ files, target }: Attempt, shapes: readonly string[]): boolean =>
  findingsOf(files, { target }).some(({ rule }) => shapes.includes(ruleInventory.get(rule)?.shape ?? ''));

const anyShape = ['catalogue', 'relation', 'structure'];

/**
 * Set by the framework itself, by hand a mistake whatever they say (`sandbox-child-marker`, `swim-seed-var`); and a key that
 * configures no provider (`openai-key-unsupported`).
 */
const internal = new Set(['JARVISCORE_SANDBOX_CHILD', 'SWIM_BIND_ADDRESS', 'SWIM_SEED_NODES', 'OPENAI_API_KEY']);

/** Names that no release reads any more; what is right is to write their successor, or nothing. */
const dead = (setting: Setting): boolean =>
  internal.has(setting.envName ?? '') ||
  setting.status === 'renamed' ||
  setting.status === 'documented-but-unread' ||
  releases.every((release) => !inRange(release, setting.since, setting.until));

/** Read by the images and compose files of the bundled stack alone; what these accept is not the framework's to say. */
const foreign = ({ status }: Setting): boolean => status === 'container' || status === 'compose';

const titled = (list: readonly Setting[]) => list.map((setting) => ({ label: displayName(setting), setting }));

describe.each(titled(settings.filter((setting) => !foreign(setting))))('$label', ({ setting }) => {
  it('is reported when it is written wrong', () => {
    expect([...wrong(setting)].some((attempt) => reports(attempt, anyShape))).toBe(true);
  });

  it(dead(setting) ? 'is reported however it is written, because nobody may set it' : 'is quiet when it is written right', () => {
    const quiet = [...right(setting)].some((attempt) => !reports(attempt, ['catalogue']));
    expect(quiet).toBe(!dead(setting));
  });
});

describe.each(titled(settings.filter(foreign)))('$label of the bundled stack', ({ setting }) => {
  it('is quiet when it is written right', () => {
    expect([...right(setting)].some((attempt) => !reports(attempt, ['catalogue']))).toBe(true);
  });

  it('is known: a name beside it with a slip is another one, and no rule doubts the right one', () => {
    const name = environmentName(setting) ?? '';
    const doubted = releases.filter((target) =>
      findingsOf(envFile(name, 'x'), { target }).some(
        ({ rule }) => rule === 'unknown-var-typo' || rule === 'unknown-jarviscore-var',
      ),
    );
    expect(doubted).toEqual([]);
  });
});
