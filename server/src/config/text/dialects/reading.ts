/** How one program reads an env file. */
export interface DialectEntry {
  readonly key: string;
  /** Null: a name without a value. */
  readonly value: string | null;
  /** One-based line of the statement's first character. */
  readonly line: number;
}

export interface DialectError {
  /** One-based line of the statement's first character. */
  readonly line: number;
  readonly message: string;
}

export interface DialectReading {
  /** In file order, duplicates kept; empty when the program refuses the file. */
  readonly entries: readonly DialectEntry[];
  /** The statements the program drops, or the one that makes it refuse the file. */
  readonly errors: readonly DialectError[];
}

/** The environment around the program, for interpolation. */
export type Surrounding = Readonly<Record<string, string>>;

/** The program stops at this statement and uses nothing of the file. */
export function refused(line: number, message: string): DialectReading {
  return { entries: [], errors: [{ line, message }] };
}
