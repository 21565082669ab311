/**
 * The vocabulary of `config/`: what a reader produces, what the model makes of it, what a rule reports.
 * Everything here is plain immutable data with ranges; nothing holds a secret's text.
 */
import type { Release } from '#schemas/settings/catalogue.ts';
import type { FileKind, Severity } from '#schemas/settings/ruleInventory.ts';
import type { Range } from '../text/position.ts';
import type { Deployment, EnvFileReader } from './deployment.ts';
import type { ProjectSettings } from './project.ts';
import type { Surroundings } from './surroundings.ts';

/** A Python literal as far as it can be known without executing anything. */
export type Literal = string | number | bigint | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

/** All that is kept of a secret. */
export interface SecretFacts {
  readonly state: 'empty' | 'placeholder' | 'set';
  /** UTF-16 length of the value. */
  readonly length: number;
  /** Estimated strength in bits (length times the entropy of its character distribution); 0 for repetitions. */
  readonly estimatedBits: number;
  /** Equal for equal values within one engine, meaningless outside it. */
  readonly equalityClass: number;
  /** Public shape facts rules need: `sk-ant-`, `AIza`, `base64-32` and the like. */
  readonly formats: readonly string[];
}

export type Value =
  /** Text as the main reader of this kind of document reads it, before any conversion. */
  /** `masked`: the text is a URL whose credentials were replaced by `***`; the facts are those of its password. */
  | { readonly kind: 'text'; readonly text: string; readonly masked?: SecretFacts }
  /** A name without a value (`KEY` alone, `PassEnvironment=`): set elsewhere or absent. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'secret'; readonly facts: SecretFacts }
  /** A Python literal; bytes and calls are `unknown`. */
  | { readonly kind: 'literal'; readonly literal: Literal; readonly masked?: SecretFacts }
  /** Cannot be known without executing something. */
  | { readonly kind: 'unknown'; readonly why: string };

/** One statement that gives a name a value. */
export interface Assignment {
  /** The name as written (case kept). */
  readonly name: string;
  /** Environment variable, or key of a Mesh dict. */
  readonly layer: 'environment' | 'mesh';
  /** Id of the process declaration it stands in; null for a document that only lists variables. */
  readonly process: string | null;
  /** The whole statement, `export`, comment and line end excluded. */
  readonly range: Range;
  readonly nameRange: Range;
  /** The value as written, quotes included; null without a value. */
  readonly valueRange: Range | null;
  readonly value: Value;
  /** How the value is written in the document. */
  readonly quote: 'none' | 'single' | 'double' | 'other';
  /** Trailing comment on the same line, if the reader sees one. */
  readonly comment: Range | null;
  /** A line of an env file that another document holds as a text (an entry of a ConfigMap). */
  readonly embedded?: true;
}

export type ProcessKind = 'mesh' | 'join-mesh' | 'lifespan' | 'compose-service' | 'unit' | 'workload' | 'launch';

/** Something that will run as one process: a Mesh construction, a compose service ... */
export interface ProcessDeclaration {
  /** Stable within the document: kind and ordinal or name. */
  readonly id: string;
  readonly kind: ProcessKind;
  /** What a person calls it: node_name, service name, else the file's name. */
  readonly name: string;
  /** The construct that declares it (the callee and its opening, not the whole body). */
  readonly range: Range;
  /** Where a new key of its configuration goes, and how the neighbouring keys are indented; null where none can be inserted. */
  readonly insertion: { readonly at: Range; readonly prefix: string; readonly suffix: string } | null;
  /** True: the dict contains parts that cannot be known (`**other()`), so absence of a key proves nothing. */
  readonly open: boolean;
  /** Extra facts of the construct by name, e.g. the range and literal of `mode=`. */
  readonly facts: Readonly<Record<string, ProcessFact>>;
}

/** An argument of a construct. */
export interface ProcessFact {
  /** Its name included. */
  readonly range: Range;
  /** Null where nothing is given. */
  readonly valueRange: Range | null;
  readonly value: Value;
}

/** A place where a document is not what its reader expects. `code` is the rule that reports it. */
export interface TextProblem {
  readonly code: string;
  readonly range: Range;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** `# jarviscore: ignore RULE[, RULE]` standing alone on the line above. */
export interface Suppression {
  /** As written, known or not; empty: all rules. */
  readonly rules: readonly { readonly name: string; readonly range: Range }[];
  /** The comment. */
  readonly range: Range;
  /** The line it silences. */
  readonly line: number;
}

/** A requirement on the framework (`jarviscore-framework[p2p]==3.0.0`). */
export interface Requirement {
  readonly distribution: string;
  readonly extras: readonly string[];
  /** PEP 440 specifier as written, e.g. `==3.0.0`, `>=1.1,<2`; empty: any. */
  readonly specifier: string;
  /** `command`: `pip install` and its like in a Dockerfile, script or CI step; `documentation`: in a README or other document. */
  readonly source: 'requirement' | 'lock' | 'installed' | 'command' | 'documentation';
  readonly range: Range;
}

/** One file, read once per version. */
export interface SourceDocument {
  readonly uri: string;
  /** Basename, for messages and context detection. */
  readonly name: string;
  readonly kind: FileKind;
  /** True for `*.example`, `*.sample`, `*.template`, `*.dist`, `.env.minimal`: placeholders belong there. */
  readonly template: boolean;
  readonly assignments: readonly Assignment[];
  readonly processes: readonly ProcessDeclaration[];
  readonly problems: readonly TextProblem[];
  readonly suppressions: readonly Suppression[];
  readonly requirements: readonly Requirement[];
  /** Facts of the text that rules of the whole workspace ask for: `requires_auth`, `serve_forever`, `notify`, `load_dotenv` ... with their places. */
  readonly marks: readonly { readonly name: string; readonly range: Range; readonly value: string | null }[];
  /** For fixes, which never see the text; absent where the reader needs none. */
  readonly writing?: {
    /** First lines of assignments that share their lines with nothing else. */
    readonly ownLines: ReadonlySet<number>;
    /** `line:character` of values that contain variables: what they become is written elsewhere. */
    readonly variables: ReadonlySet<string>;
  };
  /** Services, units, workloads and launch lines; absent for kinds of files that have none. */
  readonly deployment?: Deployment;
  /** What `jarviscore-fleet.json` says; absent for every other file. */
  readonly project?: ProjectSettings;
}

export type OriginKind = 'mesh-config' | 'process-env' | 'env-file' | 'default';

/** Where a value comes from. */
export interface Origin {
  readonly kind: OriginKind;
  /** Null for defaults. */
  readonly uri: string | null;
  readonly range: Range | null;
}

/** One candidate in the resolution of a setting. */
export interface Candidate {
  readonly origin: Origin;
  readonly value: Value;
  /** As the framework types it; undefined for secrets, unknown values and rejected text. */
  readonly typed: Literal | undefined;
  /** Why the framework would reject it, without the value of a secret. */
  readonly error: string | null;
  readonly assignment: Assignment | null;
  /** Whether the release obeys a value of this origin; null: cannot be known. */
  readonly applied: boolean | null;
  /** Why it is not applied, or what restricts it. */
  readonly note: string | null;
}

/** A setting of one process after resolution. */
export interface EffectiveSetting {
  /** Environment name in upper case (the Mesh key in upper case where there is no environment name). */
  readonly name: string;
  readonly meshKey: string | null;
  readonly winner: Candidate;
  /** All candidates, strongest first, the winner included. */
  readonly chain: readonly Candidate[];
}

/** A declared process with its resolved settings. */
export interface DeclaredProcess {
  /** `uri#id`, stable. */
  readonly id: string;
  readonly name: string;
  readonly uri: string;
  readonly declaration: ProcessDeclaration;
  /** Processes with equal host groups share network interfaces. */
  readonly hostGroup: string;
  /** Documents whose environment reaches this process, weakest first. */
  readonly environments: readonly string[];
  /** Environment name (or upper-case Mesh key) -> effective setting. */
  readonly settings: ReadonlyMap<string, EffectiveSetting>;
  readonly ports: ProcessPorts;
  /** Names under which others reach it besides its bind host: service, container and pod names. */
  readonly hosts: readonly string[];
  /** The construction in Python that a service, unit or launch line starts; its dict is part of `settings`. */
  readonly program: { readonly uri: string; readonly declaration: ProcessDeclaration } | null;
  /**
   * What starts it. Two kinds that start the same program are alternatives (a compose file for development, manifests
   * for production, a debug configuration), not one fleet.
   */
  readonly deployment: 'python' | 'compose' | 'kubernetes' | 'systemd' | 'shell' | 'editor';
  /** Ids of the services, units and launch lines that start this construction: they are the processes, it is their code. */
  readonly startedBy: readonly string[];
  /** Compose: it runs only when one of these profiles (or sets of them, `a+b`) is asked for. Absent: it always runs. */
  readonly profiles?: readonly string[];
}

/** The addresses a process will use, as far as they can be known. */
export interface ProcessPorts {
  readonly host: string | null;
  /** SWIM, UDP and TCP. */
  readonly swim: number | null;
  /** ZeroMQ, TCP: SWIM port + offset. */
  readonly zmq: number | null;
  readonly offset: number | null;
  readonly seeds: readonly string[];
  readonly p2pEnabled: boolean | null;
}

export interface WorkspaceModel {
  readonly target: Release;
  /** How the target was found, one phrase: "pinned in requirements.txt", "newest catalogued". */
  readonly targetOrigin: string;
  readonly profile: 'development' | 'production';
  readonly documents: ReadonlyMap<string, SourceDocument>;
  readonly surroundings: Surroundings;
  readonly processes: readonly DeclaredProcess[];
  /** Folder URIs without a final slash. */
  readonly roots: readonly string[];
  /** URI of an env file -> the programs that read it, each in its own way. */
  readonly envFileReaders: ReadonlyMap<string, readonly EnvFileReader[]>;
}

export interface Related {
  readonly uri: string;
  readonly range: Range;
  readonly message: string;
}

export interface Edit {
  readonly uri: string;
  readonly range: Range;
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  /** Safe: keeps every effective setting, or gives a failing line its only reading. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** A rule's result. Messages never contain a secret's value. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  readonly range: Range;
  /** Environment name or Mesh key the finding is about. */
  readonly setting: string | null;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}
