/** What a `jarviscore-fleet.json` says, as far as it could be used. */
import type { Release } from '#schemas/settings/catalogue.ts';
import type { Severity } from '#schemas/settings/ruleInventory.ts';
import type { Written } from './deployment.ts';

export type RuleSeverities = Readonly<Record<string, Severity | 'off'>>;

export interface DeclaredHost {
  readonly name: string;
  readonly range: Written['range'];
  /** Names of declared processes. */
  readonly processes: readonly Written[];
  /** Patterns of files. */
  readonly files: readonly Written[];
  /** Names and addresses under which others reach it. */
  readonly addresses: readonly string[];
}

export interface ProjectSettings {
  readonly target: Release | null;
  readonly profile: 'development' | 'production' | null;
  /** Null: the file says nothing about severities. */
  readonly severities: RuleSeverities | null;
  /** Patterns of files that are not read, in order: a later one may take an earlier one back. */
  readonly ignores: readonly string[];
  /** Rules that stay silent in some files. */
  readonly silenced: readonly { readonly paths: readonly string[]; readonly rules: readonly string[] }[];
  readonly hosts: readonly DeclaredHost[];
  readonly baseline: Written | null;
}

/** The machine a process runs on, by the URI of the document that declares it and its name; null: nobody said. */
export type HostOf = (uri: string, name: string) => DeclaredHost | null;
