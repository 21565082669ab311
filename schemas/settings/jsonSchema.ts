/** JSON Schemas of what the newest catalogued release reads, derived from the settings catalogue. */
import { defaultIn, effectIn, inRange, newestRelease, type Setting, settings } from './catalogue.ts';

/** JSON types a Mesh dict value of this setting may have; the framework converts nothing there. */
const meshTypes: Readonly<Record<Setting['type'], object>> = {
  bool: { type: 'boolean' },
  int: { type: 'integer' },
  float: { type: 'number' },
  string: { type: ['string', 'null'] },
  enum: { type: 'string' },
  port: { type: 'integer' },
  host: { type: 'string' },
  'host:port list': { type: ['string', 'array', 'null'], items: { type: 'string' } },
  url: { type: ['string', 'null'] },
  path: { type: ['string', 'null'] },
  secret: { type: ['string', 'null'] },
  'model-id': { type: ['string', 'null'] },
  json: { type: 'object' },
  dict: { type: 'object' },
  list: { type: 'array' },
  callable: {},
};

function known(setting: Setting): boolean {
  return (
    inRange(newestRelease, setting.since, setting.until) &&
    (setting.status === 'active' || setting.status === 'deprecated') &&
    effectIn(setting, newestRelease) !== undefined
  );
}

function describe(setting: Setting, type: object): object {
  const fallback = defaultIn(setting, newestRelease);
  return {
    ...type,
    description: setting.description,
    ...(fallback === null || fallback === undefined || setting.secret ? {} : { default: fallback }),
    ...(setting.values ? { examples: setting.values } : {}),
    ...(setting.min === null ? {} : { minimum: setting.min }),
    ...(setting.max === null ? {} : { maximum: setting.max }),
    ...(setting.status === 'deprecated' ? { deprecated: true } : {}),
  };
}

/** Environment variables: every value is text. Other names are allowed, an environment has many readers. */
export function environmentJsonSchema(): object {
  const properties: Record<string, object> = {};
  for (const setting of settings) {
    if (setting.envName === null || setting.envName.includes('<') || !known(setting)) continue;
    const {
      minimum: _minimum,
      maximum: _maximum,
      default: fallback,
      ...rest
    } = describe(setting, { type: 'string' }) as Record<string, unknown>;
    properties[setting.envName] = { ...rest, ...(fallback === undefined ? {} : { default: textOf(fallback) }) };
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Environment variables jarviscore-framework ${newestRelease} reads`,
    type: 'object',
    properties,
    additionalProperties: { type: 'string' },
  };
}

/** `Mesh(config={...})`. */
export function meshConfigJsonSchema(): object {
  const properties: Record<string, object> = {};
  for (const setting of settings) {
    if (setting.meshKey === null || !known(setting)) continue;
    properties[setting.meshKey] = describe(setting, meshTypes[setting.type]);
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Keys of Mesh(config={...}) in jarviscore-framework ${newestRelease}`,
    type: 'object',
    properties,
    additionalProperties: false,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
