/** Remembers what the rules of a fleet ask of a process, so that a change of which none of them can know costs no new check. */
import type { DeclaredProcess, EffectiveSetting, SourceDocument } from '../model/types.ts';
import { ProcessView } from './processView.ts';

export class AskedView extends ProcessView {
  readonly #asked = new Map<string, EffectiveSetting | undefined>();

  constructor({ process, document, production }: ProcessView) {
    super(process, document, production);
  }

  override setting(name: string): EffectiveSetting | undefined {
    const known = this.#asked.get(name);
    if (known !== undefined) return known;
    const setting = super.setting(name);
    this.#asked.set(name, setting);
    return setting;
  }

  /**
   * Whether another view of the process answers every question asked so far as this one did. What was never asked may be
   * different. Of its document only name, kind and deployment count.
   */
  answersLike(other: ProcessView): boolean {
    if (this.production !== other.production || !sameFile(this.document, other.document)) return false;
    if (!sameData(declared(this.process), declared(other.process))) return false;
    for (const [name, answer] of this.#asked) if (!sameData(answer, other.setting(name))) return false;
    return true;
  }
}

/** All of a process but its settings and their files. */
function declared({ settings: _settings, environments: _environments, ...rest }: DeclaredProcess): object {
  return rest;
}

function sameFile(a: SourceDocument | undefined, b: SourceDocument | undefined): boolean {
  return a?.uri === b?.uri && a?.name === b?.name && a?.kind === b?.kind && a?.deployment === b?.deployment;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}

/** Whether two pieces of plain data are equal in all their parts; anything else must be the same object. */
function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b) || !isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !sameData((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
      return false;
  }
  return true;
}
