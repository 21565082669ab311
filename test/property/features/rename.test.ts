// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { definition } from '#server/config/features/definition.ts';
import { references } from '#server/config/features/references.ts';
import { isRefusal, rename } from '#server/config/features/rename.ts';
import { counts, type Site, sitesOf } from '#server/config/features/sites.ts';
import type { WorkspaceModel } from '#server/config/model/types.ts';
import { check } from '#server/config/rules/engine.ts';
import { finish } from '../../unit/features/places.ts';
import { applyEdits, type Files, modelOf } from '../../unit/rules/workspace.ts';

/** Names of the project itself, far from every name of the framework. */
const ownNames = ['ACME_ZONE', 'ACME_LEVEL', 'ACME_HOME', 'ACME_CITY'];
const newNames = ['ACME_FOREST', 'ACME_RIVER', 'ACME_MEADOW'];
const known = ['JARVISCORE_BIND_PORT', 'REDIS_URL', 'KEEPALIVE_INTERVAL', 'BIND_PORT', 'HITL_ENABLED', 'CLAUDE_API_KEY'];

const name = fc.constantFrom(...ownNames, ...known);
const own = fc.constantFrom(...ownNames);
const value = fc.oneof(
  fc.constantFrom('7946', 'true', 'eu', 'redis://a:6379/0', '', '"a b"', "'x'"),
  own.map((one) => `\${${one}}`),
  own.map((one) => `"pre-\${${one}:-none}-post"`),
);
const newline = fc.constantFrom('\n', '\r\n');

const dotenv = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc.tuple(name, value).map(([key, text]) => `${key}=${text}`),
        fc.tuple(name, value).map(([key, text]) => `export ${key} = ${text}  # ${key}`),
        name.map((key) => `# ${key}=1`),
        fc.constantFrom('', '# Words', 'broken line', 'LONG="a\nb"'),
      ),
      { maxLength: 8 },
    ),
    newline,
  )
  .map(([lines, end]) => lines.join(end) + end);

const python = fc
  .array(
    fc.oneof(
      name.map((key) => `os.getenv("${key}")`),
      name.map((key) => `print(os.environ['${key}'])`),
      name.map((key) => `os.environ["${key}"] = "1"`),
      name.map((key) => `if "${key}" in os.environ: pass`),
      name.map((key) => `# os.getenv("${key}")`),
      fc.constantFrom('mesh = Mesh(config={"bind_port": 7950, "p2p_enabled": True})', 'Mesh(config={"bind_port": '),
    ),
    { maxLength: 6 },
  )
  .map((lines) => ['import os', 'from jarviscore import Mesh', ...lines, ''].join('\n'));

const compose = fc.tuple(fc.array(fc.tuple(name, value), { maxLength: 4 }), fc.array(name, { maxLength: 3 }), fc.boolean()).map(
  ([map, list, withFile]) =>
    `services:\n  a:\n    image: jarviscore:1\n${withFile ? '    env_file: .env\n' : ''}    environment:\n      JARVISCORE_NODE_NAME: a\n${map
      .filter(([key], i) => map.findIndex(([other]) => other === key) === i)
      .map(([key, text]) => `      ${key}: ${text.startsWith('"') || text.startsWith("'") ? text : `"${text}"`}\n`)
      .join(
        '',
      )}  b:\n    image: jarviscore:1\n    environment:\n      - JARVISCORE_NODE_NAME=b\n${list.map((key) => `      - ${key}=\${${key}}\n`).join('')}`,
);

const unit = fc
  .array(name, { maxLength: 3 })
  .map(
    (names) =>
      `[Service]\n${names.map((key) => `Environment=${key}=1 "B_${key}=2"\n`).join('')}EnvironmentFile=.env\nExecStart=/usr/bin/python3 node.py ${names.map((key) => `\${${key}}`).join(' ')}\n`,
  );

const shell = fc
  .array(name, { maxLength: 3 })
  .map((names) => `${names.map((key) => `export ${key}=1\necho "$${key}" '$${key}'\n`).join('')}python3 node.py\n`);

const workspace: fc.Arbitrary<Files> = fc.record({
  '.env': dotenv,
  'node.py': python,
  'docker-compose.yml': compose,
  'node.service': unit,
  'run.sh': shell,
});

const sitesIn = (model: WorkspaceModel): Site[] =>
  [...model.documents.values()].flatMap((document) => sitesOf(document).filter((site) => counts(model, site)));

const findings = (model: WorkspaceModel, from: string, to: string): string[] =>
  check(model)
    .map(({ rule, uri, range, message }) => `${uri}:${range.start.line} ${rule} ${message.replaceAll(to, from)}`)
    .sort();

test('property: a rename changes no finding, and back again gives the same bytes', () => {
  fc.assert(
    fc.property(workspace, own, fc.constantFrom(...newNames), fc.nat(), (some, from, to, pick) => {
      const files = { ...some, '.env': `${from}=eu\n${some['.env']}` };
      const model = modelOf(files);
      const sites = sitesIn(model).filter((site) => site.name === from);
      const site = sites[pick % Math.max(1, sites.length)];
      if (site === undefined) throw new Error('The name stands in the first line.');
      const there = finish(rename(model, site.uri, site.range.start, to));
      if (there === null || isRefusal(there)) throw new Error(JSON.stringify(there));
      const edits = there.flatMap((group) => group.edits);
      expect(edits.length).toBe(sites.length);
      const after = applyEdits(files, edits);
      const renamed = modelOf(after);
      expect(findings(renamed, from, to)).toEqual(findings(model, from, to));
      const again = sitesIn(renamed).filter((one) => one.name === to)[pick % sites.length];
      const back = finish(rename(renamed, again?.uri ?? '', again?.range.start ?? { line: 0, character: 0 }, from));
      if (back === null || isRefusal(back)) throw new Error(JSON.stringify(back));
      expect(
        applyEdits(
          after,
          back.flatMap((group) => group.edits),
        ),
      ).toEqual(files);
    }),
    { numRuns: 100 },
  );
});

test('property: references are the same set from each of their members', () => {
  fc.assert(
    fc.property(workspace, (files) => {
      const model = modelOf(files);
      const answers = new Map<string, string>();
      for (const site of sitesIn(model)) {
        const found = finish(references(model, site.uri, site.range.start, true)) ?? [];
        expect(found).toContainEqual({ uri: site.uri, range: site.range });
        const answer = JSON.stringify(found);
        expect(answers.get(site.key) ?? answer).toBe(answer);
        answers.set(site.key, answer);
      }
    }),
    { numRuns: 200 },
  );
});

test('property: the definition of every line that counts is that line', () => {
  fc.assert(
    fc.property(workspace, (files) => {
      const model = modelOf(files);
      for (const process of model.processes) {
        for (const { winner } of process.settings.values()) {
          const { uri, range } = winner.origin;
          if (uri === null || range === null) continue;
          const found = finish(definition(model, uri, range.start, null));
          const landed = found?.places.some(
            ({ uri: target, whole: { start, end } }) =>
              target === uri && start.line <= range.start.line && range.start.line <= end.line,
          );
          expect(landed, `${uri}:${range.start.line + 1}`).toBe(true);
        }
      }
    }),
    { numRuns: 200 },
  );
});
