import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import type { SourceDocument } from '../model/types.ts';
import { LineIndex } from '../text/lines.ts';
import type { ReaderContext } from './context.ts';
import { readDockerfile } from './dockerfile.ts';
import { readDotenv } from './dotenv.ts';
import { baseName, isTemplate } from './kind.ts';
import { readLaunch } from './launch.ts';
import { rememberText } from './names/mentions.ts';
import { readProject } from './project.ts';
import { readPython } from './python.ts';
import { readRequirements } from './requirements.ts';
import { readShell } from './shell.ts';
import { readSystemdUnit } from './systemd.ts';
import { plainDocument, readYamlDocument } from './yaml/document.ts';
import { maxYamlLength } from './yaml/yamlText.ts';

export interface ReadInput {
  readonly uri: string;
  readonly text: string;
  readonly kind: FileKind;
  /** Overrides what the file name says. */
  readonly template?: boolean;
}

/**
 * Programs and deployment files are short; one of megabytes carries data, and reading it word by word would take seconds.
 * Those that have nothing to do with the framework are passed over in silence.
 */
function tooLong(source: Parameters<typeof plainDocument>[0]): SourceDocument {
  const start = { line: 0, character: 0 };
  if (!/jarviscore/i.test(source.text)) return plainDocument(source);
  const value = `longer than ${maxYamlLength.toLocaleString('en')} characters`;
  return { ...plainDocument(source), marks: [{ name: 'not-read', range: { start, end: start }, value }] };
}

/** Reads one document. Pure, never throws on any text; the result belongs to this version of the text. */
export function readDocument(input: ReadInput, context: ReaderContext): SourceDocument {
  const document = readByKind(input, context);
  rememberText(document, input.text);
  return document;
}

function readByKind(input: ReadInput, context: ReaderContext): SourceDocument {
  const name = baseName(input.uri);
  const template = input.template ?? isTemplate(input.uri);
  const source = { uri: input.uri, name, kind: input.kind, template, text: input.text };
  const unlimited = input.kind === 'dotenv' || input.kind === 'requirements';
  if (!unlimited && input.text.length > maxYamlLength) return tooLong(source);
  switch (input.kind) {
    case 'dotenv':
      return readDotenv(input.uri, name, input.text, context, template);
    case 'python':
      return readPython(input.uri, name, input.text, context, template);
    case 'requirements':
      return readRequirements(input.uri, name, input.text, template);
    case 'compose':
    case 'kubernetes':
    case 'prometheus':
      return readYamlDocument(source, context);
    case 'systemd':
      return readSystemdUnit({ ...source, lines: new LineIndex(input.text) }, context);
    case 'dockerfile':
      return readDockerfile({ ...source, lines: new LineIndex(input.text) }, context);
    case 'shell':
      return readShell({ ...source, lines: new LineIndex(input.text) }, context);
    case 'launch':
      return readLaunch({ ...source, lines: new LineIndex(input.text) }, context);
    case 'project':
      return readProject(source);
  }
}
