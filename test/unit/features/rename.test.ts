// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, it } from 'vitest';
import { isRefusal, prepareRename, type RenameGroup, rename } from '#server/config/features/rename.ts';
import { applyEdits, type Files, modelOf, uriOf, type WorkspaceOptions } from '../rules/workspace.ts';
import { at, everyKind, finish } from './places.ts';

type Outcome = { readonly files: Files; readonly groups: readonly RenameGroup[] } | { readonly refused: string } | null;

function attempt(files: Files, path: string, needle: string, to: string, options: WorkspaceOptions = {}): Outcome {
  const outcome = finish(rename(modelOf(files, options), uriOf(path), at(files, path, needle), to));
  if (outcome === null) return null;
  if (isRefusal(outcome)) return outcome;
  return {
    files: applyEdits(
      files,
      outcome.flatMap((group) => group.edits),
    ),
    groups: outcome,
  };
}

function renamed(files: Files, path: string, needle: string, to: string, options: WorkspaceOptions = {}): Files {
  const outcome = attempt(files, path, needle, to, options);
  if (outcome === null || 'refused' in outcome) throw new Error(outcome?.refused ?? 'Nothing stands there.');
  return outcome.files;
}

function reason(files: Files, path: string, needle: string, to: string): string {
  const outcome = attempt(files, path, needle, to);
  return outcome !== null && 'refused' in outcome ? outcome.refused : '';
}

describe('rename', () => {
  it('changes a name of the project wherever it stands, and nothing else', () => {
    const after = renamed(everyKind, 'tools.py', 'APP_ZONE', 'APP_REGION');
    const expected = Object.fromEntries(
      Object.entries(everyKind).map(([path, text]) => [path, text.replaceAll('APP_ZONE', 'APP_REGION')]),
    );
    // What another program calls the same, comments, quoted and escaped text stay.
    expected['docker-compose.yml'] = (expected['docker-compose.yml'] ?? '')
      .replace('# ${APP_REGION}', '# ${APP_ZONE}')
      .replace('- APP_REGION=db', '- APP_ZONE=db');
    expected['start.sh'] = (expected['start.sh'] ?? '')
      .replace('# $APP_REGION', '# $APP_ZONE')
      .replace("'$APP_REGION'", "'$APP_ZONE'")
      .replace('\\$APP_REGION', '\\$APP_ZONE');
    expect(after).toEqual(expected);
  });

  it('goes back to the same bytes', () => {
    const after = renamed(everyKind, '.env', 'APP_ZONE', 'APP_REGION');
    expect(renamed(after, 'k8s.yaml', 'APP_REGION', 'APP_ZONE')).toEqual(everyKind);
  });

  it('gives an unread name the one that is read, also beside files that have it already', () => {
    const files = {
      '.env': 'BIND_PORT=7946\n',
      'other/.env': 'JARVISCORE_BIND_PORT=7950\n',
      'a.py': 'import os\nos.getenv("BIND_PORT")\n',
    };
    expect(renamed(files, '.env', 'BIND_PORT', 'JARVISCORE_BIND_PORT')).toEqual({
      ...files,
      '.env': 'JARVISCORE_BIND_PORT=7946\n',
      'a.py': 'import os\nos.getenv("JARVISCORE_BIND_PORT")\n',
    });
  });

  it('refuses to join two lines of one file', () => {
    const files = { '.env': 'BIND_PORT=7946\nJARVISCORE_BIND_PORT=7950\n' };
    expect(reason(files, '.env', 'BIND_PORT', 'JARVISCORE_BIND_PORT')).toBe(
      'JARVISCORE_BIND_PORT is in use already (.env:2); two settings would become one.',
    );
    expect(reason(everyKind, '.env', 'APP_ZONE', 'APP_URL')).toMatch(/^APP_URL is in use already \(\.env:4\)/);
  });

  it('refuses names the framework fixes, before a person types anything', () => {
    const model = modelOf(everyKind);
    const refusal = prepareRename(model, uriOf('.env'), at(everyKind, '.env', 'JARVISCORE_BIND_PORT'));
    expect(refusal).toEqual({
      refused:
        'JarvisCore 3.0.0 reads JARVISCORE_BIND_PORT under exactly this name; under another one the setting would fall back to its default.',
    });
    expect(reason(everyKind, 'writer.py', 'bind_port', 'port')).toMatch(/reads bind_port under exactly this name/);
  });

  it('takes an alias that is read too, and no other name', () => {
    const files = { '.env': 'CLAUDE_API_KEY=canary\n' };
    expect(renamed(files, '.env', 'CLAUDE', 'ANTHROPIC_API_KEY')).toEqual({ '.env': 'ANTHROPIC_API_KEY=canary\n' });
    expect(reason(files, '.env', 'CLAUDE', 'MY_KEY')).toBe(
      'JarvisCore 3.0.0 reads this setting as CLAUDE_API_KEY or ANTHROPIC_API_KEY only.',
    );
  });

  it('knows which release reads a name', () => {
    const files = { '.env': 'CONVERGENCE_MIN_PROGRESS_SCORE=1\n' };
    expect(renamed(files, '.env', 'CONV', 'MY_SCORE')).toEqual({ '.env': 'MY_SCORE=1\n' });
    const old = attempt(files, '.env', 'CONV', 'MY_SCORE', { target: '1.5.1' });
    expect(old).toHaveProperty('refused');
  });

  it('refuses what is no name in a file it stands in', () => {
    expect(reason(everyKind, '.env', 'APP_ZONE', 'APP-ZONE')).toMatch(/^"APP-ZONE" is no name for a variable in \.env/);
    expect(reason(everyKind, '.env', 'APP_ZONE', '1APP')).toMatch(/no digit first/);
    const manifest = {
      'k.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  JARVISCORE_X: "1"\n  app.zone: eu\n',
    };
    expect(renamed(manifest, 'k.yaml', 'app.zone', 'app-region')['k.yaml']).toContain('  app-region: eu');
    const keys = { 'n.py': 'from jarviscore import Mesh\nMesh(config={"mine": 1})\n' };
    expect(reason(keys, 'n.py', 'mine', 'class')).toBe('"class" is a word of the Python language.');
    expect(reason(keys, 'n.py', 'mine', 'a b')).toMatch(/^"a b" is no Python name/);
  });

  it('refuses where a place cannot be changed by replacing the name', () => {
    const files = { '.env': 'APP_ZONE=eu\n', 'a.py': 'import os\nKEY = "APP_ZONE"\nos.getenv(KEY)\n' };
    expect(reason(files, '.env', 'APP_ZONE', 'APP_REGION')).toBe(
      'a.py:3 refers to APP_ZONE without writing its name in plain letters; change that place first.',
    );
    const prepared = prepareRename(modelOf(files), uriOf('a.py'), at(files, 'a.py', 'KEY)'));
    expect(prepared).toHaveProperty('refused');
  });

  it('asks first where another program reads the file, or a setting would begin to count', () => {
    const files = {
      'shared.env': 'APP_ZONE=eu\nJARVISCORE_BIND_PORT=7946\n',
      'compose.yaml':
        'services:\n  node:\n    image: jarviscore:1\n    env_file: shared.env\n  db:\n    image: postgres\n    env_file: shared.env\n',
    };
    const shared = attempt(files, 'shared.env', 'APP_ZONE', 'APP_REGION');
    expect(shared).toMatchObject({
      groups: [{ needsConfirmation: true, description: 'db read this file too, and may look for APP_ZONE.' }],
    });
    const counts = attempt({ '.env': 'MY_REDIS=redis://a:1\n' }, '.env', 'MY_REDIS', 'REDIS_URL');
    expect(counts).toMatchObject({ groups: [{ needsConfirmation: true }] });
    const plain = attempt(everyKind, '.env', 'APP_ZONE', 'APP_REGION');
    expect(plain).toMatchObject({ groups: [{ needsConfirmation: false, label: 'Rename APP_ZONE to APP_REGION' }] });
  });

  it('gives the exact characters of the name, and nothing for a value', () => {
    const files = {
      'compose.yaml':
        'services:\n  a:\n    image: jarviscore:1\n    environment:\n      "MY_NAME": x\n      JARVISCORE_NODE_NAME: a\n',
    };
    expect(prepareRename(modelOf(files), uriOf('compose.yaml'), at(files, 'compose.yaml', 'MY_NAME'))).toEqual({
      range: { start: { line: 4, character: 7 }, end: { line: 4, character: 14 } },
      placeholder: 'MY_NAME',
    });
    expect(prepareRename(modelOf(everyKind), uriOf('.env'), at(everyKind, '.env', '7946'))).toBeNull();
    expect(attempt(everyKind, '.env', '7946', 'X')).toBeNull();
  });

  it('does nothing under the same name', () => {
    expect(renamed(everyKind, '.env', 'APP_ZONE', 'APP_ZONE')).toEqual(everyKind);
  });
});
