import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configurationSchema } from '#schemas/editor/messages.ts';
import { fleetFileName } from '#schemas/project/fleetFile.ts';
import { manifest, root } from './packageJson.ts';

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
}

const properties = Object.fromEntries(manifest.contributes.configuration.flatMap((group) => Object.entries(group.properties)));

/** `node.port` etc. with the default that the schema gives. */
function flatten(value: unknown, prefix: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    return [[prefix, value]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${prefix}.${key}`));
}

describe('package.json', () => {
  it('contributes exactly the settings that the server reads, with the same defaults', () => {
    const expected = Object.fromEntries(flatten(configurationSchema.parse({}), 'jarviscoreFleet'));
    expect(Object.fromEntries(Object.entries(properties).map(([key, { default: value }]) => [key, value]))).toEqual(expected);
  });

  it('restricts every setting of what opens sockets or files in a workspace that is not trusted', () => {
    const opens = /^jarviscoreFleet\.(?:node|relayHub|coordinator|knownNodes)\./;
    const restricted = Object.keys(properties).filter((key) => opens.test(key));
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.toSorted()).toEqual(restricted.toSorted());
  });

  it('contributes exactly the commands that the client registers', () => {
    const registered = new Set(
      sources(`${root}client/src/commands`).flatMap((text) =>
        [...text.matchAll(/'(jarviscoreFleet\.[a-z]\w+)'\s*(?::|,\s*\(\))/g)].map(([, id]) => id),
      ),
    );
    expect([...registered].sort()).toEqual(manifest.contributes.commands.map(({ command }) => command).sort());
  });

  it('names only contributed commands in menus and welcome content', () => {
    const known = new Set(manifest.contributes.commands.map(({ command }) => command));
    const menus = Object.values(manifest.contributes.menus).flat();
    for (const { command } of menus) expect(known).toContain(command);
    const links = manifest.contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/command:(jarviscoreFleet\.\w+)/g)].map(([, id]) => id),
    );
    expect(links.length).toBeGreaterThan(5);
    for (const id of links) expect(known).toContain(id);
  });

  it('ties the project file to its schema, and lets it have comments', () => {
    const [validation] = manifest.contributes.jsonValidation;
    expect(validation?.fileMatch).toBe(fleetFileName);
    expect(JSON.parse(readFileSync(`${root}${validation?.url}`, 'utf8'))).toMatchObject({
      type: 'object',
      title: expect.stringContaining(fleetFileName),
    });
    expect(manifest.contributes.languages).toEqual([{ id: 'jsonc', filenames: [fleetFileName] }]);
  });

  it('never activates on everything', () => {
    expect(manifest.activationEvents).not.toContain('*');
    expect(manifest.activationEvents).not.toContain('onStartupFinished');
  });
});
