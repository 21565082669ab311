/** What one rule says about small workspaces, as a person reads it. */
import type { Finding } from '#server/config/model/types.ts';
import { fleetsOf } from '#server/config/rules/fleets.ts';
import { rules } from '#server/config/rules/registry.ts';
import {
  checkDocument,
  checkEachDocument,
  checkFleet,
  checkProcess,
  checkWorkspace,
  eachDocumentRules,
  viewProcess,
  workspaceContext,
  workspaceRules,
} from '#server/config/rules/scopes.ts';
import { changesOf, placeText } from '../../../scripts/docs/findingText.ts';
import { type Files, modelOf, type WorkspaceOptions } from './workspace.ts';

/** What the rules of the same scope find, also where another one has the last word on the line. */
function fired(id: string, files: Files, options: WorkspaceOptions): readonly Finding[] {
  const model = modelOf(files, options);
  const documents = [...model.documents.values()];
  const views = () => model.processes.map((process) => viewProcess(model, process, options));
  const context = () => workspaceContext(model, views(), options);
  const scope = rules.find((rule) => rule.id === id)?.scope;
  switch (scope) {
    case 'document':
      return documents.flatMap((document) => checkDocument(model, document, options));
    case 'process':
      return model.processes.flatMap((process) => checkProcess(model, process, options));
    case 'fleet':
      return fleetsOf(views()).flatMap((fleet) => checkFleet(model, fleet, options));
    case 'workspace':
      return workspaceRules(context()).flatMap((rule) => checkWorkspace(rule, context()));
    case 'each-document':
      return eachDocumentRules(context()).flatMap((rule) =>
        documents.flatMap((document) => checkEachDocument(rule, document, context())),
      );
    default:
      throw new Error(`No rule is called ${id}`);
  }
}

/**
 * `path:line:column severity [setting] message`, then the places it points to and what each fix makes of the files; the file
 * of a change is named where it is another than that of the finding.
 */
export function said(id: string, files: Files, options: WorkspaceOptions = {}): string[] {
  return fired(id, files, options)
    .filter(({ rule }) => rule === id)
    .flatMap(({ uri, range, severity, setting, message, related, fixes }) => {
      const at = placeText(uri, range);
      const own = `--- ${at.slice(0, at.indexOf(':'))}`;
      return [
        `${at} ${severity}${setting === null ? '' : ` [${setting}]`} ${message}`,
        ...related.map((other) => `  see ${placeText(other.uri, other.range)} ${other.message}`),
        ...fixes.flatMap(({ title, safe, edits }) => [
          `  ${safe ? 'safe' : 'asks'}: ${title}`,
          ...changesOf(edits, files).flatMap((line) => (line === own ? [] : [`    ${line}`])),
        ]),
      ];
    });
}

/** An env file that no program here reads, or the one beside the programs given with it. */
export const env = (...lines: readonly string[]): Files => ({ '.env': `${lines.join('\n')}\n` });

/** A program with one Mesh. */
export const mesh = (dict = '', name = 'node.py'): Files => ({
  [name]: `from jarviscore import Mesh\n\nmesh = Mesh(config={${dict}})\n`,
});

/** A program with an agent that joins a mesh. */
export const joins = (args = '', name = 'agent.py'): Files => ({
  [name]: `from jarviscore.profiles import CustomAgent\n\nasync def main():\n    agent = CustomAgent()\n    await agent.join_mesh(${args})\n`,
});

/** A compose file with the text of its services, two spaces in. */
export const compose = (...lines: readonly string[]): Files => ({
  'compose.yml': `services:\n${lines.map((line) => `  ${line}\n`).join('')}`,
});

/** A service of a compose file that builds its image here and starts `node.py`, with lines of its environment. */
export const service = (environment: readonly string[], dict = ''): Files => ({
  'compose.yml': [
    'services:\n  a:\n    build: .\n    command: python node.py\n    environment:\n',
    ...environment.map((line) => `      ${line}\n`),
  ].join(''),
  Dockerfile: 'FROM python:3.12\n',
  ...mesh(dict),
});

/** A program that sets variables for itself before it builds its Mesh. */
export const sets = (variables: Readonly<Record<string, string>>): Files => ({
  'node.py': [
    'import os\nfrom jarviscore import Mesh\n\n',
    ...Object.entries(variables).map(([name, value]) => `os.environ["${name}"] = ${JSON.stringify(value)}\n`),
    'mesh = Mesh(config={})\n',
  ].join(''),
});
