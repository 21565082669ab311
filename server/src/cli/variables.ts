/** `--set K=V`. */
import { UsageError } from './context.ts';

/** The last one wins, as in a shell. Error texts name the variable only: its value may be a secret. */
export function environmentOf(assignments: readonly string[]): Readonly<Record<string, string>> {
  const environment: Record<string, string> = {};
  for (const text of assignments) {
    const equals = text.indexOf('=');
    if (equals < 1) throw new UsageError('--set is written as NAME=VALUE.');
    environment[text.slice(0, equals)] = text.slice(equals + 1);
  }
  return environment;
}
