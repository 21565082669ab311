import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settings } from '#schemas/settings/catalogue.ts';
import { runnableExamples } from '#schemas/settings/ruleDocs.ts';
import { codeActions, combineFixes } from '#server/config/features/codeActions.ts';
import { complete } from '#server/config/features/completion.ts';
import { hover } from '#server/config/features/hover.ts';
import { check } from '#server/config/rules/engine.ts';
import { readiness } from '#server/config/rules/readiness.ts';
import { applyEdits, findingsOf, modelOf } from '../../unit/rules/workspace.ts';

const names = fc.constantFrom(
  ...settings.flatMap((setting) => setting.envName ?? []),
  'BIND_PORT',
  'JC_SEED_NODES',
  'export X',
  'A B',
  '',
);
const value = fc.oneof(
  fc.string(),
  fc.constantFrom('true ', '7946', '"x', "'x'y", '10.0.0.5:7946,', `\${HOME}`, '{"a": 1}', 'redis://:p@h:1', '-1', 'nan'),
);
const line = fc.oneof(
  fc.string(),
  fc.tuple(names, fc.constantFrom('=', ' = ', ':', ''), value).map((parts) => parts.join('')),
);
const dotenv = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
const keys = fc.constantFrom(
  ...settings.flatMap((setting) => setting.meshKey ?? []),
  'JARVISCORE_BIND_PORT',
  'bind_prot',
  'mode',
);
const literal = fc.constantFrom(
  'None',
  'True',
  '"true"',
  '7946',
  '"127.0.0.1:7946"',
  '[1, "x:1"]',
  '{}',
  'os.environ["X"]',
  '',
  '1e400',
  '"\\ud800"',
);
const python = fc.oneof(
  fc.string(),
  fc
    .array(fc.tuple(keys, literal), { maxLength: 6 })
    .map(
      (entries) =>
        `from jarviscore import Mesh\nmesh = Mesh(config={${entries.map(([key, text]) => `"${key}": ${text}`).join(', ')}})\n`,
    ),
);
const requirements = fc.oneof(
  fc.string(),
  fc.constantFrom('jarviscore==1.0.2', 'jarviscore-framework[p2p]==9.9', 'jarviscore-framework==1.6.0'),
);
const workspace = fc.record({
  '.env': dotenv,
  '.env.example': dotenv,
  'b/.env.production': dotenv,
  'node.py': python,
  'b/node.py': python,
  'requirements.txt': requirements,
});

describe('any text', () => {
  it('is checked, hovered, completed and judged without an exception', () => {
    fc.assert(
      fc.property(workspace, fc.constantFrom('1.0.2', '1.14.1', '2.1.0', '3.0.0'), (files, target) => {
        const model = modelOf(files, { target });
        const findings = check(model, { profile: 'production' });
        expect(readiness(model)).toHaveLength(18);
        for (const uri of model.documents.keys()) {
          for (let at = 0; at < 4; at++) {
            hover(model, uri, { line: at, character: at * 3 });
            complete(model, uri, { line: at, character: 1 }, 'K');
          }
          codeActions(findings, uri, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('comes out of fix-all with nothing left to fix safely', () => {
    fc.assert(
      fc.property(workspace, (files) => {
        let current: Readonly<Record<string, string>> = files;
        for (let round = 0; round < 6; round++) {
          const edits = combineFixes(findingsOf(current));
          if (edits.length === 0) return;
          current = applyEdits(current, edits);
        }
        expect(combineFixes(findingsOf(current))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('secrets', () => {
  const canary = 'cAnArY7qZr3vK1xW7mB5tN9cH2yL6pD4';

  it('appear in no finding, hover, completion or checklist item', () => {
    const secret = settings.filter((setting) => setting.secret && setting.envName !== null);
    const env = secret.map(
      ({ envName, type }) => `${envName}=${type === 'url' ? `redis://user:${canary}@h.internal:1/0` : canary}`,
    );
    env.push(
      `MY_OWN_TOKEN=${canary}`,
      `REDIS_PASSWORD=${canary} #${canary}`,
      `NEXUS_SECRET="${canary}" x`,
      `CLAUDE_API_KEY='${canary}`,
      `ATHENA_API_KEY=a\${${canary}}`,
      `A B=${canary}`,
      `# NEXUS_SECRET=${canary}`,
      `NEXUS_STATE_KEY: ${canary}`,
    );
    const keys = settings
      .filter((setting) => setting.secret && setting.meshKey !== null)
      .map(({ meshKey, type }) => `"${meshKey}": "${type === 'url' ? `redis://user:${canary}@h:1` : canary}"`);
    const files = {
      '.env': env.join('\n'),
      '.env.example': env.map((text) => `# ${text}`).join('\n'),
      'b/.env.production': env.toReversed().join('\n'),
      'node.py': `from jarviscore import Mesh\nmesh = Mesh(config={${keys.join(', ')}, "my_api_key": "${canary}"})\n`,
    };
    for (const profile of ['development', 'production'] as const) {
      for (const target of ['1.0.2', '2.1.0', '3.0.0']) {
        const model = modelOf(files, { target, profile });
        const findings = check(model);
        const seen: unknown[] = [findings, readiness(model)];
        for (const [uri, document] of model.documents) {
          for (const { nameRange, valueRange } of document.assignments) {
            seen.push(hover(model, uri, nameRange.start), hover(model, uri, (valueRange ?? nameRange).start));
          }
          seen.push(complete(model, uri, { line: 0, character: 0 }, ''));
          seen.push(codeActions(findings, uri, { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } }));
        }
        const text = JSON.stringify(seen);
        expect(text).toContain('<set>');
        expect(text.includes(canary)).toBe(false);
      }
    }
  });

  it('of examples stay inside the examples', () => {
    for (const { bad } of runnableExamples().values()) {
      const text = JSON.stringify(
        findingsOf(bad.files, { ...(bad.target === undefined ? {} : { target: bad.target }), profile: 'production' }),
      );
      expect(text).not.toContain('q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA');
    }
  });
});
