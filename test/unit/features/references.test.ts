import { describe, expect, it } from 'vitest';
import { settings } from '#schemas/settings/catalogue.ts';
import { isCatalogued, modelNames, nameKey, namesOf } from '#server/config/features/names.ts';
import { references } from '#server/config/features/references.ts';
import { siteAt, sitesOf } from '#server/config/features/sites.ts';
import { modelOf, uriOf } from '../rules/workspace.ts';
import { at, everyKind, finish, shown } from './places.ts';

const find = (path: string, needle: string, nth = 1, declarations = true) =>
  shown(everyKind, finish(references(modelOf(everyKind), uriOf(path), at(everyKind, path, needle, nth), declarations)));

describe('names of one setting', () => {
  it('joins the prefixed name, the key, and the names people take for it', () => {
    const key = nameKey('JARVISCORE_BIND_PORT', 'environment');
    for (const name of ['BIND_PORT', 'JC_SWIM_PORT', 'jarviscore_bind_port']) expect(nameKey(name, 'environment')).toBe(key);
    expect(nameKey('bind_port', 'mesh')).toBe(key);
    expect(namesOf(key, 'mesh')).toEqual(['bind_port']);
  });

  it('joins aliases that are read one for the other, and a needless prefix', () => {
    expect(nameKey('CLAUDE_API_KEY', 'environment')).toBe(nameKey('ANTHROPIC_API_KEY', 'environment'));
    expect(nameKey('JARVISCORE_REDIS_URL', 'environment')).toBe(nameKey('redis_url', 'mesh'));
    expect(nameKey('P2P_ALLOW_ZERO_PEERS', 'environment')).toBe(nameKey('allow_zero_peers', 'mesh'));
  });

  it('keeps different settings apart, and takes unknown names as they are written', () => {
    const port = nameKey('JARVISCORE_BIND_PORT', 'environment');
    const others = settings.filter(({ envName }) => envName !== null && nameKey(envName, 'environment') === port);
    expect(others.map(({ envName }) => envName).sort()).toEqual(['BIND_PORT', 'JARVISCORE_BIND_PORT', 'JC_SWIM_PORT']);
    expect(nameKey('MY_NAME', 'environment')).not.toBe(nameKey('my_name', 'environment'));
    expect(isCatalogued('MY_NAME', 'environment')).toBe(false);
    expect(modelNames('BIND_PORT', 'environment')[0]).toBe('BIND_PORT');
    expect(modelNames('BIND_PORT', 'environment')).toContain('JARVISCORE_BIND_PORT');
  });
});

describe('references', () => {
  it('finds a name of the project in every kind of file, at the name alone', () => {
    expect(find('.env', 'APP_ZONE')).toEqual([
      '.env:1 APP_ZONE',
      '.env:4 APP_ZONE',
      '.env:5 APP_ZONE',
      '.vscode/launch.json:1 APP_ZONE',
      '.vscode/launch.json:1 APP_ZONE',
      'Dockerfile:2 APP_ZONE',
      'Dockerfile:3 APP_ZONE',
      'Dockerfile:3 APP_ZONE',
      'coder.env:2 APP_ZONE',
      'docker-compose.yml:7 APP_ZONE',
      'docker-compose.yml:7 APP_ZONE',
      'k8s.yaml:6 APP_ZONE',
      'k8s.yaml:27 APP_ZONE',
      'researcher.py:4 APP_ZONE',
      'researcher.py:6 APP_ZONE',
      'researcher.py:7 APP_ZONE',
      'start.sh:2 APP_ZONE',
      'start.sh:3 APP_ZONE',
      'start.sh:3 APP_ZONE',
      'tools.py:3 APP_ZONE',
      'writer.service:2 APP_ZONE',
      'writer.service:4 APP_ZONE',
    ]);
  });

  it('leaves the lines that give a value out where only uses are wanted', () => {
    const uses = find('.env', 'APP_ZONE', 1, false);
    expect(uses).toContain('tools.py:3 APP_ZONE');
    expect(uses).toContain('.env:5 APP_ZONE');
    expect(uses).not.toContain('.env:1 APP_ZONE');
    expect(uses).not.toContain('researcher.py:7 APP_ZONE');
  });

  it('finds a setting under its key and its variable', () => {
    expect(find('writer.py', 'bind_port')).toEqual([
      '.env:2 JARVISCORE_BIND_PORT',
      'coder.env:1 JARVISCORE_BIND_PORT',
      'k8s.yaml:7 JARVISCORE_BIND_PORT',
      'k8s.yaml:20 JARVISCORE_BIND_PORT',
      'k8s.yaml:24 JARVISCORE_BIND_PORT',
      'researcher.py:5 JARVISCORE_BIND_PORT',
      'start.sh:4 JARVISCORE_BIND_PORT',
      'writer.env:1 JARVISCORE_BIND_PORT',
      'writer.py:2 bind_port',
    ]);
  });

  it('is the same set from each of its members', () => {
    const model = modelOf(everyKind);
    for (const document of model.documents.values()) {
      for (const site of sitesOf(document)) {
        if (siteAt(model, site.uri, site.range.start)?.key !== site.key) continue;
        const found = finish(references(model, site.uri, site.range.start, true)) ?? [];
        expect(found).toContainEqual({ uri: site.uri, range: site.range });
        for (const place of found) expect(finish(references(model, place.uri, place.range.start, true))).toEqual(found);
      }
    }
  });

  it('answers null where no name stands', () => {
    const model = modelOf(everyKind);
    expect(finish(references(model, uriOf('.env'), { line: 90, character: 0 }, true))).toBeNull();
    expect(finish(references(model, uriOf('missing.env'), { line: 0, character: 0 }, true))).toBeNull();
    expect(find('start.sh', '$APP_ZONE is not')).toEqual([]);
  });

  it('names a variable through a constant at the expression', () => {
    const files = { 'a.py': 'import os\nKEY = "APP_ZONE"\nzone = os.environ[KEY]\n', '.env': 'APP_ZONE=eu\n' };
    expect(shown(files, finish(references(modelOf(files), uriOf('.env'), { line: 0, character: 2 }, true)))).toEqual([
      '.env:1 APP_ZONE',
      'a.py:3 KEY',
    ]);
  });
});
