/** Names and files a document refers to without giving a name a value. */
import type { Range } from '../../text/position.ts';

/** A place that names an environment variable and is no assignment of the model: it reads it, or a later line replaces it. */
export interface NameUse {
  readonly name: string;
  /** The name and nothing else where `exact` holds; else the expression that stands for it. */
  readonly range: Range;
  readonly exact: boolean;
  /** It gives the name a value that nothing gets to see. */
  readonly writes: boolean;
  /**
   * Where its value is looked for first: `own-file` in the lines above it, `beside` in the `.env` beside the file,
   * `source` in the ConfigMap or Secret named by `source`, `process` in the environment of the process.
   */
  readonly from: 'process' | 'own-file' | 'beside' | 'source';
  /** Id of the unit that holds the value (`config-map:fleet`); null for every other origin. */
  readonly source: string | null;
}

/** A path to another file that no other part of a document carries with its place. */
export interface FileMention {
  readonly kind: 'load-dotenv' | 'extends' | 'include' | 'sourced' | 'copied';
  /** As written. */
  readonly path: string;
  readonly range: Range;
}

export interface Mentions {
  readonly uses: readonly NameUse[];
  readonly files: readonly FileMention[];
}
