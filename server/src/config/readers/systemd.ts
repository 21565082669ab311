/**
 * systemd service units and their drop-ins (systemd.unit(5), systemd.exec(5)).
 *
 * An empty `Environment=` or `EnvironmentFile=` drops what stands before it; in a drop-in also what the unit says.
 */
import type { DeploymentUnit, EnvFileReference, Written } from '../model/deployment.ts';
import type { Assignment, SourceDocument } from '../model/types.ts';
import type { LineIndex } from '../text/lines.ts';
import type { ReaderContext } from './context.ts';
import { maskUrls } from './context.ts';
import { readCommand } from './deployment/commandLine.ts';
import { bareUnit, type DeploymentText, deploymentDocument } from './deployment/document.ts';
import { frameworkOf } from './deployment/evidence.ts';
import { maskCommand } from './deployment/mask.ts';
import { pairAssignment, pairName, pairText } from './deployment/pairs.ts';
import { splitWords, type Word } from './deployment/words.ts';
import { rememberSpecifiers, specifierValue } from './systemd/specifiers.ts';

const rules = { shell: false, comments: '#;' } as const;

interface Setting {
  readonly section: string;
  readonly key: string;
  readonly keyStart: number;
  /** The value, continuation lines included. */
  readonly start: number;
  readonly end: number;
}

/** Settings of a unit file in order. Lines that are none are passed over. */
export function* unitSettings(text: string, lines: LineIndex): Generator<Setting> {
  let section = '';
  for (let line = 0; line < lines.lineCount; line++) {
    const start = lines.startOf(line);
    let end = lineEnd(text, lines, line);
    const head = text.slice(start, Math.min(end, start + 300));
    if (/^\s*([#;]|$)/.test(head)) continue;
    const title = /^\s*\[([^\]]*)\]/.exec(head);
    if (title !== null) {
      section = title[1] ?? '';
      continue;
    }
    // A backslash continues the line, also over comment lines in between.
    let continued = text[end - 1] === '\\';
    while (continued && line + 1 < lines.lineCount) {
      end = lineEnd(text, lines, ++line);
      continued =
        text[end - 1] === '\\' || /^\s*[#;]/.test(text.slice(lines.startOf(line), Math.min(end, lines.startOf(line) + 300)));
    }
    const name = /^\s*([A-Za-z][A-Za-z0-9]*)\s*=[ \t]*/.exec(head);
    if (name === null) continue;
    const value = Math.min(end, start + name[0].length);
    yield { section, key: name[1] ?? '', keyStart: start + head.search(/\S/), start: value, end };
  }
}

function lineEnd(text: string, lines: LineIndex, line: number): number {
  let end = lines.startOf(line + 1);
  while (end > lines.startOf(line) && /[\r\n]/.test(text[end - 1] ?? '')) end--;
  return end;
}

class UnitReader {
  readonly #source: DeploymentText;
  readonly #context: ReaderContext;
  readonly #id = 'unit:0';
  #assignments: Assignment[] = [];
  #envFiles: EnvFileReference[] = [];
  readonly #passed: Assignment[] = [];
  readonly #options: Record<string, Written[]> = {};
  #commands: { readonly written: Written; readonly program: DeploymentUnit['program']; readonly extra: readonly Assignment[] }[] =
    [];
  #workingDirectory: Written | null = null;
  readonly #resets = new Set<'environment' | 'envFiles'>();
  #unset: string[] = [];

  constructor(source: DeploymentText, context: ReaderContext) {
    this.#source = source;
    this.#context = context;
  }

  read(setting: Setting): void {
    const { text, lines } = this.#source;
    const raw = text.slice(setting.start, setting.end).trim();
    const range = lines.range(setting.start, setting.start + raw.length);
    switch (setting.key) {
      case 'Environment':
        if (raw === '') this.#reset('environment');
        else this.#environment(setting);
        return;
      case 'EnvironmentFile':
        if (raw === '') this.#reset('envFiles');
        else this.#environmentFile(raw, setting);
        return;
      case 'PassEnvironment':
        if (raw === '') this.#passed.length = 0;
        for (const word of splitWords(text, setting.start, setting.end, rules)) {
          const place = lines.range(word.start, word.end);
          const base = { layer: 'environment', process: this.#id, range: place, nameRange: place } as const;
          this.#passed.push({
            ...base,
            name: word.text,
            valueRange: null,
            value: { kind: 'absent' },
            quote: 'none',
            comment: null,
          });
        }
        return;
      case 'ExecStart':
        if (raw === '') this.#commands = [];
        else this.#exec(setting, raw);
        return;
      case 'WorkingDirectory':
        this.#workingDirectory = raw === '' ? null : { text: raw.replace(/^-/, ''), range };
        return;
      case 'UnsetEnvironment':
        // `NAME=VALUE` takes the name away only where it has that value, which nobody relies on for a setting.
        this.#unset =
          raw === '' ? [] : [...this.#unset, ...splitWords(text, setting.start, setting.end, rules).map((one) => one.text)];
        return;
      case 'User':
      case 'Restart':
      case 'DynamicUser':
      case 'PrivateNetwork':
        this.#options[setting.key] = [...(this.#options[setting.key] ?? []), { text: maskUrls(raw), range }];
        return;
      default:
    }
  }

  #reset(group: 'environment' | 'envFiles'): void {
    if (group === 'environment') this.#assignments = [];
    else this.#envFiles = [];
    this.#resets.add(group);
  }

  #assignment(word: Word): Assignment {
    const { text, lines } = this.#source;
    const name = pairName(word) ?? '';
    const value = specifierValue(name, pairText(word), this.#context, null);
    return rememberSpecifiers(pairAssignment(word, text, lines, this.#id, value), pairText(word), this.#context);
  }

  #environment(setting: Setting): void {
    for (const word of splitWords(this.#source.text, setting.start, setting.end, rules))
      if (pairName(word) !== null) this.#assignments.push(this.#assignment(word));
  }

  #environmentFile(raw: string, setting: Setting): void {
    const optional = raw.startsWith('-');
    const path = raw.slice(optional ? 1 : 0).trim();
    const start = setting.start + (optional ? this.#source.text.slice(setting.start).indexOf(path) : 0);
    this.#envFiles.push({
      path,
      range: this.#source.lines.range(start, start + path.length),
      dialect: 'systemd',
      required: !optional,
    });
  }

  #exec(setting: Setting, raw: string): void {
    const { text, lines } = this.#source;
    const words = splitWords(text, setting.start, setting.end, rules);
    const [first, ...rest] = words;
    if (first === undefined) return;
    const prefix = /^[-@:+!]*/.exec(first.text)?.[0].length ?? 0;
    const command = readCommand([{ ...first, text: first.text.slice(prefix), start: first.start + prefix }, ...rest], lines);
    for (const file of command.envFiles) this.#envFiles.push(file);
    const extra = command.pairs.map((word) => this.#assignment(word));
    const range = lines.range(setting.start, setting.start + raw.length);
    const shown = maskCommand(command.words.map((word) => word.text).join(' '));
    this.#commands.push({ written: { text: shown, range }, program: command.program, extra });
  }

  /** The unit as a whole. `dropIn`: what it is laid over decides whether it runs the framework. */
  unit(name: string, dropIn: boolean): DeploymentUnit {
    const { lines } = this.#source;
    const main = this.#commands.find((command) => command.program !== null) ?? this.#commands.at(-1) ?? null;
    const assignments = [...this.#passed, ...this.#assignments, ...(main?.extra ?? [])];
    const framework = frameworkOf({
      names: assignments.map((assignment) => assignment.name),
      command: main?.written.text ?? null,
      image: null,
      built: false,
      moreNames: this.#envFiles.length > 0,
    });
    return {
      ...bareUnit({ id: this.#id, kind: 'unit', name, range: main?.written.range ?? lines.range(0, 0) }),
      framework: dropIn && framework === 'no' ? 'maybe' : framework,
      assignments,
      envFiles: this.#envFiles,
      command: main?.written ?? null,
      program: main?.program ?? null,
      workingDirectory: this.#workingDirectory,
      network: { kind: 'host' },
      resets: { groups: [...this.#resets], names: this.#unset },
      options: this.#options,
    };
  }
}

/**
 * The unit file a path is a drop-in of (`node.service.d/10-env.conf` -> `node.service`), or null. A name that ends in a
 * dash stands for all that begin with it, `.service` for every service (systemd.unit(5)).
 */
export function dropInOf(uri: string): string | null {
  const folder = uri.split(/[\\/]/).at(-2) ?? '';
  if (folder === 'service.d') return '.service';
  return folder.endsWith('.service.d') ? folder.slice(0, -2) : null;
}

export function readSystemdUnit(source: DeploymentText, context: ReaderContext): SourceDocument {
  const reader = new UnitReader(source, context);
  for (const setting of unitSettings(source.text, source.lines)) if (setting.section === 'Service') reader.read(setting);
  const of = dropInOf(source.uri);
  const name = (of ?? source.name).replace(/\.service(\..*)?$/, '');
  return deploymentDocument(source, {
    units: [reader.unit(name, of !== null)],
    services: [],
    interpolations: [],
    dropInOf: of,
  });
}
