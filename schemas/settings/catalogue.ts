/**
 * The settings catalogue: every configuration name of jarviscore-framework 1.0.0 to 3.0.0 (and of swim-p2p),
 * as typed data. Checks, hover, completion, the reference page and the JSON Schemas derive from it.
 *
 * The JSON files are ours and bundled, so they are trusted at run time; a test parses them with the schemas below.
 */
import * as z from 'zod';
import releasesJson from './releases.json' with { type: 'json' };
import settingsJson from './settings.json' with { type: 'json' };

/** A release number `major.minor.patch` as published on the package index. */
export const releaseSchema = z.string().regex(/^\d+\.\d+\.\d+$/);
export type Release = z.infer<typeof releaseSchema>;

export const effectKindSchema = z.enum([
  'env',
  'process-env',
  'import-time',
  'mesh-config-only',
  'partial',
  'none',
  'cli',
  'compose',
  'container',
]);
/** Which origin of a value the running code obeys. */
export type EffectKind = z.infer<typeof effectKindSchema>;

export const effectSchema = z.strictObject({
  /** First release (inclusive) this effect is true for. */
  from: releaseSchema,
  /** Last release (inclusive); null: still true in the newest catalogued release. */
  to: releaseSchema.nullable(),
  effect: effectKindSchema,
  /** Source positions `file:line` in the last release of the range. */
  readBy: z.array(z.string()),
  note: z.string().optional(),
});
export type Effect = z.infer<typeof effectSchema>;

export const settingTypeSchema = z.enum([
  'bool',
  'int',
  'float',
  'string',
  'enum',
  'port',
  'host',
  'host:port list',
  'url',
  'path',
  'secret',
  'model-id',
  'json',
  'dict',
  'list',
  'callable',
]);
export type SettingType = z.infer<typeof settingTypeSchema>;

export const settingSchema = z.strictObject({
  /** Environment name; null for keys that exist only in `Mesh(config={...})`. A `<PART>` stands for any word. */
  envName: z.string().nullable(),
  /** Key in `Mesh(config={...})`; null where none works. */
  meshKey: z.string().nullable(),
  aliases: z.array(z.string()),
  group: z.string(),
  type: settingTypeSchema,
  values: z.array(z.string()).nullable(),
  unit: z.string().nullable(),
  default: z.unknown(),
  defaultHistory: z.array(z.strictObject({ from: releaseSchema, default: z.unknown() })).optional(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  rangeReason: z.string().nullable(),
  secret: z.boolean(),
  scope: z.enum(['per-process', 'shared', 'secret', 'internal', 'infrastructure']),
  description: z.string(),
  note: z.string().optional(),
  useInstead: z.string().optional(),
  renamedTo: z.string().optional(),
  since: releaseSchema.nullable(),
  until: releaseSchema.nullable(),
  status: z.enum(['active', 'removed', 'renamed', 'deprecated', 'documented-but-unread', 'compose', 'container']),
  effects: z.array(effectSchema).min(1),
  docs: z.looseObject({ status: z.enum(['documented', 'documented-until', 'undocumented']) }),
});
export type Setting = z.infer<typeof settingSchema>;

export const settingsFileSchema = z.strictObject({
  description: z.string(),
  target: releaseSchema,
  releases: z.array(releaseSchema).min(1),
  effectValues: z.record(effectKindSchema, z.string()),
  integrationCredentials: z.strictObject({ note: z.string(), names: z.array(z.string()) }),
  settings: z.array(settingSchema),
});
export type SettingsFile = z.infer<typeof settingsFileSchema>;

const file = settingsJson as unknown as SettingsFile;

export const settings: readonly Setting[] = file.settings;
/** All catalogued releases, oldest first. */
export const releases: readonly Release[] = file.releases;
/** The newest catalogued release; a project that pins nothing is checked against it. */
export const newestRelease: Release = file.target;
export const effectMeaning: Readonly<Record<EffectKind, string>> = file.effectValues;
/** Credentials of connected applications that no framework code reads. */
export const integrationCredentials: ReadonlySet<string> = new Set(file.integrationCredentials.names);

/** Facts of one release that rules ask for (`facts` of releases.json, verbatim). */
export interface ReleaseFacts {
  readonly version: Release;
  readonly requiresPython: string;
  readonly extras: readonly string[];
  readonly facts: {
    readonly meshMode: string;
    readonly p2pEnabledDefault: boolean;
    readonly p2pEnabledEnvHonoured: boolean;
    readonly p2pMissingPackage: string;
    readonly meshPeersReachRemote: boolean;
    readonly dotenvExportedByMeshStart: boolean;
    readonly swimDotenvSuppressed: boolean;
    readonly swimTimeoutFloors: boolean;
    readonly suspicionGuard: boolean;
    readonly introducesToLateJoiners: boolean;
    readonly dropsAgentsOfDeadNodes: boolean;
    readonly deannouncesOnStop: boolean;
    readonly notifyPayloadParsed: boolean;
    readonly kernelKnobsCopiedFromEnv: boolean;
    readonly authManagerFromGatewayUrl: boolean;
    readonly autoAgentSandbox: string;
    readonly osConfinement: boolean;
    readonly allowUnsafeLocalExecution: boolean;
    readonly hitlThresholdsRead: boolean;
    readonly storageRedis: boolean;
    readonly llmGovernor: boolean;
    readonly controlPolicy: boolean;
  };
}
const releaseFile = releasesJson as unknown as { releases: ReleaseFacts[]; missingOnIndex: Release[] };
/** Release -> its facts. */
export const releaseFacts: ReadonlyMap<Release, ReleaseFacts> = new Map(releaseFile.releases.map((r) => [r.version, r]));
/** Numbers the changelog names but the package index does not offer. */
export const releasesMissingOnIndex: readonly Release[] = releaseFile.missingOnIndex;

const knownNumbers = new Map<string, readonly number[]>();

/** A few dozen releases are compared again and again. */
function numbersOf(release: Release): readonly number[] {
  let numbers = knownNumbers.get(release);
  if (numbers === undefined) {
    numbers = release.split('.').map(Number);
    if (knownNumbers.size > 1000) knownNumbers.clear();
    knownNumbers.set(release, numbers);
  }
  return numbers;
}

/** Orders two releases numerically: negative when `a` is older. */
export function compareReleases(a: Release, b: Release): number {
  const x = numbersOf(a);
  const y = numbersOf(b);
  for (let i = 0; i < 3; i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `release` lies in the inclusive range; a null end is open. */
export function inRange(release: Release, from: Release | null, to: Release | null): boolean {
  return (from === null || compareReleases(release, from) >= 0) && (to === null || compareReleases(release, to) <= 0);
}

/** The effect a setting has in one release, or undefined where the release does not know it. */
export function effectIn(setting: Setting, release: Release): Effect | undefined {
  return setting.effects.find((effect) => inRange(release, effect.from, effect.to));
}

/** The default in one release. */
export function defaultIn(setting: Setting, release: Release): unknown {
  let value = setting.default;
  for (const step of setting.defaultHistory ?? []) if (compareReleases(step.from, release) <= 0) value = step.default;
  return value;
}
