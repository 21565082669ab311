/**
 * What files beside the code say about how programs are started: compose services, systemd units, Kubernetes workloads,
 * images, launch lines. Everything a rule may ask about a unit stands here with its place; values of secrets do not.
 */
import type { Dialect } from '../text/parseEnv.ts';
import type { Range } from '../text/position.ts';
import type { Assignment, SourceDocument } from './types.ts';

/** A piece of text that is no secret (credentials inside it are masked), and where it stands. */
export interface Written {
  readonly text: string;
  readonly range: Range;
}

/** `env_file`, `EnvironmentFile=`, `--env-file`, `envFile`: an env file and the program that reads it. */
export interface EnvFileReference {
  /** As written, variables replaced by their defaults. */
  readonly path: string;
  readonly range: Range;
  /** How the program that reads it understands it. */
  readonly dialect: Dialect;
  /** False: the program goes on without the file. */
  readonly required: boolean;
  /** The program that reads it, where it is not the one the dialect is named after. */
  readonly program?: string;
}

/** Both ends are equal for a single port; null: chosen at run time, or not known without executing something. */
export interface PublishedPort {
  /** Address of the host it is bound to; null: every address. */
  readonly hostIp: string | null;
  readonly hostFrom: number | null;
  readonly hostTo: number | null;
  readonly containerFrom: number | null;
  readonly containerTo: number | null;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly range: Range;
}

export interface Mount {
  /** Host path or volume name; null for an anonymous volume. */
  readonly source: string | null;
  readonly target: string;
  readonly range: Range;
}

/** `envFrom` of a container: all entries of a ConfigMap or Secret. */
export interface EnvironmentSource {
  readonly kind: 'config-map' | 'secret';
  readonly name: string;
  readonly prefix: string;
  readonly optional: boolean;
  readonly range: Range;
}

/** `valueFrom` of a variable: one entry of a ConfigMap or Secret. */
export interface KeySource {
  readonly variable: string;
  readonly kind: 'config-map' | 'secret';
  readonly name: string;
  readonly key: string;
  readonly optional: boolean;
  readonly range: Range;
}

/** An entry of a ConfigMap that is an env file by its name. */
export interface HeldFile {
  /** The entry. */
  readonly name: string;
  /** Its text as an env file, with places in the manifest; null where the text stands in a file beside it. */
  readonly document: SourceDocument | null;
  /** kustomize: that file, relative to the document. */
  readonly path: string | null;
  /** Its statements have lines of their own in the manifest. */
  readonly ownLines: boolean;
}

/** An entry of a ConfigMap as a file in a container. */
export interface MountedFile {
  readonly configMap: string;
  /** Null: all entries, each under its own name below `path`. */
  readonly entry: string | null;
  readonly path: string;
  readonly range: Range;
}

/** Whose network interfaces a unit uses. `of`: those of another service of the file. */
export type Network = { readonly kind: 'own' } | { readonly kind: 'host' } | { readonly kind: 'of'; readonly name: string };

export type UnitKind = 'compose-service' | 'unit' | 'workload' | 'image' | 'launch' | 'config-map';

/** One service, unit, workload, image, launch line or ConfigMap. */
export interface DeploymentUnit {
  /** Stable within the document; equal to the id of the process it declares, if any. */
  readonly id: string;
  readonly kind: UnitKind;
  readonly name: string;
  /** The name, else the first line of the construct. */
  readonly range: Range;
  /** Whether it runs the framework: by its own words, perhaps (its program or env file decides), or not. */
  readonly framework: 'yes' | 'maybe' | 'no';
  /** Its own environment in the order in which it is applied: of two equal names the later counts. */
  readonly assignments: readonly Assignment[];
  /** `ARG` of an image: there while it is built, and in its history; no environment of what it runs. */
  readonly buildArguments: readonly Assignment[];
  /** In reading order: of two equal names the later file counts. */
  readonly envFiles: readonly EnvFileReference[];
  /** `envFrom`, in order: of two equal names the later counts. */
  readonly sources: readonly EnvironmentSource[];
  /** Variables of `assignments` whose value stands in a ConfigMap or Secret. */
  readonly keySources: readonly KeySource[];
  readonly image: Written | null;
  /** Folder or file of the image's build, relative to the document; null where it is not built from here. */
  readonly build: { readonly context: string; readonly dockerfile: string; readonly range: Range } | null;
  /** Entry point and arguments in one line. */
  readonly command: Written | null;
  /** The Python file or module (`-m`) the command runs, as written. */
  readonly program: { readonly kind: 'file' | 'module'; readonly path: string; readonly range: Range } | null;
  readonly workingDirectory: Written | null;
  readonly network: Network;
  /** Names under which others on its network reach it, without its name. */
  readonly hosts: readonly string[];
  readonly ports: readonly PublishedPort[];
  readonly mounts: readonly Mount[];
  /** Entries of ConfigMaps that are mounted as files. */
  readonly mountedFiles: readonly MountedFile[];
  /** ConfigMaps: the env files among the entries. */
  readonly files: readonly HeldFile[];
  /** Number of equal processes; null where it is not said. */
  readonly replicas: number | null;
  /**
   * Compose: the service it is laid over, of another file or (`file` null) of one that the file includes; null within one
   * file, where the reader has done it.
   */
  readonly base: { readonly file: string | null; readonly service: string; readonly range: Range } | null;
  /** Compose: the services of the same file that it extends, over one or more steps; their lines are among its own. */
  readonly extended: readonly string[];
  /**
   * What it takes away from that which it is laid over: a group as a whole (an empty `Environment=`, compose's
   * `!override` and `!reset`), or single names (`UnsetEnvironment=`, `NAME: !reset null`).
   */
  readonly resets: { readonly groups: readonly ('environment' | 'envFiles')[]; readonly names: readonly string[] };
  /**
   * Further keys rules ask for, by their name in the file: `security_opt`, `deploy`, `restart`, `labels` (`name=value`),
   * `privileged`, `profiles`, `depends_on`; `User`, `Restart`, `PassEnvironment` of a unit; `serviceName`, `namespace` of a workload.
   */
  readonly options: Readonly<Record<string, readonly Written[]>>;
}

/** A Kubernetes Service. */
export interface ServiceDeclaration {
  readonly name: string;
  readonly namespace: string | null;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  /** The value of `type`; null where it is not written. */
  readonly typeRange: Range | null;
  /** A port has a `nodePort`, which a Service of the type ClusterIP may not have. */
  readonly nodePorts: boolean;
  /** `clusterIP: None`: its name resolves to the pods themselves. */
  readonly headless: boolean;
  /** `name=value`, all of which a pod must have; empty: no selector. */
  readonly selector: readonly string[];
  readonly selectorRange: Range | null;
  readonly ports: readonly PublishedPort[];
  readonly range: Range;
}

/** `${NAME}` and its forms. `operator`: `:-`, `-`, `:?`, `?`, `:+`, `+`, or empty. */
export interface Interpolation {
  readonly name: string;
  readonly operator: string;
  readonly range: Range;
  /** The unit it stands in; null outside of units. */
  readonly unit: string | null;
}

/** Compose files an `include` adds to the project; of several in one entry the later is laid over the earlier. */
export interface Inclusion {
  readonly paths: readonly string[];
  /** In place of the `.env` of their folder. */
  readonly envFiles: readonly string[];
  /** What their relative paths stand against, and where their `.env` is; null: the folder of the first one. */
  readonly projectDirectory: string | null;
  readonly range: Range;
}

/** All a deployment file says. */
export interface Deployment {
  readonly units: readonly DeploymentUnit[];
  readonly services: readonly ServiceDeclaration[];
  readonly interpolations: readonly Interpolation[];
  /** Compose only. */
  readonly includes?: readonly Inclusion[];
  /** A systemd drop-in: the unit file it belongs to (`node.service`, `node-.service`, `.service`); else null. */
  readonly dropInOf: string | null;
}

/** A program that reads an env file, known from the file that tells it to. */
export interface EnvFileReader {
  readonly dialect: Dialect;
  /** The program that reads it, where it is not the one the dialect is named after. */
  readonly program?: string;
  /** The document that refers to the env file, and where. The env file itself and null for `./.env` of a process. */
  readonly uri: string;
  readonly range: Range | null;
  /** Name of the service, unit or program. */
  readonly name: string;
  /** Id of the declared process it is for; null where the reader runs no framework. */
  readonly process: string | null;
}
