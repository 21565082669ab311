/** Whether anything in a release obeys a value that comes from a given origin (catalogue effects, rules 0.2). */
import type { Effect, Release } from '#schemas/settings/catalogue.ts';
import { compareReleases } from '#schemas/settings/catalogue.ts';
import type { OriginKind } from './types.ts';

export interface AppliedQuestion {
  readonly effect: Effect;
  /** A field of `Settings`, so `./.env` reaches it without being exported. */
  readonly declared: boolean;
  readonly release: Release;
  readonly origin: OriginKind;
  /** The process runs `Mesh.start()`, as against `join_mesh()`. */
  readonly meshStart: boolean;
  /** The env file reaches the process environment: `Mesh.start()` of 2.2 and later, or `load_dotenv()`. */
  readonly exported: boolean;
}

export interface AppliedAnswer {
  readonly applied: boolean | null;
  readonly note: string | null;
}

const answer = (value: boolean | null, note: string | null): AppliedAnswer => ({ applied: value, note });

function notExported(question: AppliedQuestion): string {
  if (compareReleases(question.release, '2.2.0') < 0) {
    return `read from the process environment only; ${question.release} does not export .env (Mesh.start() does from 2.2.0 on)`;
  }
  return question.meshStart
    ? 'read from the process environment only, and PYTHON_DOTENV_DISABLED keeps .env out of it'
    : 'read from the process environment only; join_mesh() exports no .env';
}

function fromMeshDict({ effect }: AppliedQuestion): AppliedAnswer {
  const note = effect.note ?? null;
  if (/a Mesh dict key is not read/.test(note ?? '')) return answer(false, note);
  switch (effect.effect) {
    case 'env':
      return /read directly from the process environment/.test(note ?? '')
        ? answer(false, 'only the process environment is read, not the Mesh dict')
        : answer(true, note);
    case 'mesh-config-only':
      return answer(true, note);
    case 'partial':
      return answer(true, note);
    case 'process-env':
      // One setting of 1.1 to 1.14 has a direct reader and one that looks at the dict.
      return /reads the Mesh dict/.test(note ?? '')
        ? answer(null, note)
        : answer(false, 'only the process environment is read, not the Mesh dict');
    case 'import-time':
      return answer(false, 'read from the process environment while a module is imported, not from the Mesh dict');
    default:
      return answer(false, note ?? 'nothing reads it in this release');
  }
}

function fromEnvironment(question: AppliedQuestion): AppliedAnswer {
  const { effect, origin, exported, declared } = question;
  const note = effect.note ?? null;
  const file = origin === 'env-file';
  switch (effect.effect) {
    case 'env': {
      const direct = !declared || /read directly from the process environment/.test(note ?? '');
      return file && direct && !exported ? answer(false, notExported(question)) : answer(true, note);
    }
    case 'partial':
      return answer(true, note);
    case 'process-env':
      return file && !exported ? answer(false, notExported(question)) : answer(true, note);
    case 'import-time':
      if (!file) return answer(true, note);
      return exported
        ? answer(null, 'read once while its module is imported: it counts only when .env was exported before that')
        : answer(false, notExported(question));
    case 'mesh-config-only':
      return answer(false, note ?? 'only Mesh(config={...}) is read');
    case 'cli':
      return answer(true, note ?? 'read by the jarviscore command line, not by the running node');
    case 'compose':
      return answer(true, note ?? 'used by the bundled compose file, not by the running node');
    case 'container':
      return answer(null, note ?? 'means something inside a bundled container only');
    case 'none':
      return answer(false, note ?? 'nothing reads it in this release');
  }
}

/** Answers for one origin. Null: cannot be known from the files. */
export function applied(question: AppliedQuestion): AppliedAnswer {
  if (question.origin === 'mesh-config') return fromMeshDict(question);
  if (question.origin !== 'default') return fromEnvironment(question);
  switch (question.effect.effect) {
    case 'none':
      return answer(false, question.effect.note ?? 'nothing reads it in this release');
    case 'mesh-config-only':
      // The dict's readers bring defaults of their own, which differ from the declared ones in places.
      return answer(null, question.effect.note ?? 'only Mesh(config={...}) is read');
    case 'container':
    case 'compose':
      return answer(null, question.effect.note ?? null);
    default:
      return answer(true, question.effect.note ?? null);
  }
}
