/** One declared process as rules ask about it: is a setting set, to what, where, and does the release obey it? */
import { OverlayMap } from '../model/overlay.ts';
import type {
  Assignment,
  Candidate,
  DeclaredProcess,
  EffectiveSetting,
  ProcessDeclaration,
  Related,
  SecretFacts,
  SourceDocument,
} from '../model/types.ts';
import type { Place } from './rule.ts';

/** The range a finding about an assignment's value marks. */
export function valuePlace(uri: string, assignment: Assignment): Place {
  return { uri, range: assignment.valueRange ?? assignment.nameRange };
}

const loopbackNames = new Set(['localhost', '::1', '[::1]', '0:0:0:0:0:0:0:1']);

/** Whether a host name or address means the machine itself. */
export function isLoopback(host: string): boolean {
  return loopbackNames.has(host.toLowerCase()) || /^127(\.\d{1,3}){1,3}$/.test(host);
}

export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '[::]';
}

export class ProcessView {
  readonly process: DeclaredProcess;
  /** The document that declares the process. */
  readonly document: SourceDocument | undefined;
  /** Whether a document that feeds the process names production, or the workspace is checked for it. */
  readonly production: boolean;

  constructor(process: DeclaredProcess, document: SourceDocument | undefined, production: boolean) {
    this.process = process;
    this.document = document;
    this.production = production;
  }

  get name(): string {
    return this.process.name;
  }

  /** Where the process is declared. */
  get place(): Place {
    return { uri: this.process.uri, range: this.process.declaration.range };
  }

  setting(name: string): EffectiveSetting | undefined {
    return this.process.settings.get(name);
  }

  /** The settings that some file speaks about; all others have the defaults of their release. */
  get spoken(): Iterable<EffectiveSetting> {
    const { settings } = this.process;
    return (settings instanceof OverlayMap ? (settings as OverlayMap<string, EffectiveSetting>).own : settings).values();
  }

  /** The winning candidate when a person wrote it, a name that is only passed through included; undefined for defaults. */
  written(name: string): Candidate | undefined {
    const winner = this.setting(name)?.winner;
    return winner === undefined || winner.origin.kind === 'default' ? undefined : winner;
  }

  /** Whether the name has a value that is not empty; an unknown value counts as one. */
  isSet(name: string): boolean {
    const candidate = this.written(name);
    if (candidate === undefined) return false;
    const { value } = candidate;
    if (value.kind === 'secret') return value.facts.state !== 'empty';
    if (value.kind === 'text') return value.text.trim() !== '';
    if (value.kind === 'literal') return value.literal !== null && value.literal !== '';
    return true;
  }

  /** Like `isSet`, and the release obeys a value of that origin. */
  isApplied(name: string): boolean {
    return this.isSet(name) && this.written(name)?.applied !== false;
  }

  /** Stands for whatever is started beside an env file that no declared process reads. */
  get implied(): boolean {
    return this.process.declaration.kind === 'launch' && this.document?.kind === 'dotenv';
  }

  /**
   * Whether absence of a setting may be blamed: false while parts of the dict are unknown, and for a program that services
   * and units start, because they complete it. An env file is taken as it stands.
   */
  get complete(): boolean {
    return this.implied || (!this.process.declaration.open && this.process.startedBy.length === 0);
  }

  /** The construction in Python: its own, or that of the program a service or unit starts. */
  get construct(): ProcessDeclaration {
    return this.process.program?.declaration ?? this.process.declaration;
  }

  /**
   * Whether it only brings an agent into a mesh: join_mesh() builds the P2P part and nothing else (core/agent.py:369-460),
   * so models, storage, metrics and credentials are none of its business.
   */
  get joinsOnly(): boolean {
    return this.construct.kind === 'join-mesh';
  }

  number(name: string): number | null {
    const typed = this.setting(name)?.winner.typed;
    // Infinity and NaN have a rule of their own, and no relation to anything.
    if (typeof typed === 'number') return Number.isFinite(typed) ? typed : null;
    return typeof typed === 'bigint' ? Number(typed) : null;
  }

  bool(name: string): boolean | null {
    const typed = this.setting(name)?.winner.typed;
    return typeof typed === 'boolean' ? typed : null;
  }

  text(name: string): string | null {
    const winner = this.setting(name)?.winner;
    if (winner === undefined) return null;
    if (winner.value.kind === 'text') return winner.value.text;
    if (winner.value.kind === 'literal' && typeof winner.value.literal === 'string') return winner.value.literal;
    return typeof winner.typed === 'string' ? winner.typed : null;
  }

  secret(name: string): SecretFacts | null {
    const value = this.written(name)?.value;
    return value?.kind === 'secret' ? value.facts : null;
  }

  /** Whether the Mesh dict itself carries the key. */
  inDict(name: string): boolean {
    return this.written(name)?.origin.kind === 'mesh-config';
  }

  /** Where the winning value stands; the declaration for defaults. */
  placeOf(name: string): Place {
    return this.placeOfCandidate(this.setting(name)?.winner) ?? this.place;
  }

  placeOfCandidate(candidate: Candidate | undefined): Place | null {
    if (candidate === undefined || candidate.origin.uri === null) return null;
    if (candidate.assignment !== null) return valuePlace(candidate.origin.uri, candidate.assignment);
    return candidate.origin.range === null ? null : { uri: candidate.origin.uri, range: candidate.origin.range };
  }

  /** A pointer to the place of a setting for `related`; empty where only the default speaks. */
  relatedTo(name: string, message: string): readonly Related[] {
    const place = this.placeOfCandidate(this.setting(name)?.winner);
    return place === null ? [] : [{ ...place, message }];
  }

  /** The first of several names that is set, or null. */
  firstSet(...names: readonly string[]): string | null {
    return names.find((name) => this.isSet(name)) ?? null;
  }

  /** `research-node-1 (node.py)`: how messages name the process. */
  get label(): string {
    const file = this.document?.name;
    return file === undefined || file === this.name ? this.name : `${this.name} (${file})`;
  }
}
