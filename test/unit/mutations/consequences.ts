/** Findings that some mistakes bring along whatever one does, and why. */
import type { Consequence } from './mistake.ts';

/** Of two places that get in each other's way. */
export const both = (rule: string): Consequence => ({
  rule,
  why: 'reported at both places, each with the other as its related place',
});

export const withoutRedis: readonly Consequence[] = [
  { rule: 'p2p-without-redis', why: 'without a common Redis the nodes share nothing' },
  { rule: 'athena-redis-required', why: 'the memory keeps its short-term tier in Redis' },
  { rule: 'llm-limits-no-redis', why: 'limits are shared through Redis' },
  { rule: 'prod-llm-limits', why: 'limits are shared through Redis' },
];

const why = 'that the secret stands in clear text is a mistake of its own, wherever its value is wrong too';

/** The rules about the place of a secret. */
export const inClearText: readonly Consequence[] = [
  { rule: 'secret-in-env-file', why },
  { rule: 'systemd-env-secret', why },
  { rule: 'k8s-plain-secret', why },
  { rule: 'secret-in-dockerfile', why },
];
