/** Addresses: unusable ones, clear text to other machines, and paths a client adds by itself. */

import { compareReleases } from '#schemas/settings/catalogue.ts';
import { withoutEnd } from '../../text/ends.ts';
import { fix, replaceValue } from '../fixes.ts';
import { ownAssignments } from '../ownAssignments.ts';
import { isLoopback } from '../processView.ts';
import { documentRule, type Rule } from '../rule.ts';
import { type WrittenValue, writtenValues } from './writtenValues.ts';

export interface UrlParts {
  readonly scheme: string;
  readonly host: string;
  readonly port: number | null;
  readonly path: string;
}

/** Splits a URL; credentials may be masked. Null: no scheme or no host. */
export function splitUrl(text: string): UrlParts | null {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d{0,5}))?([/?#].*)?$/i.exec(text);
  if (match === null) return null;
  const scheme = (match[1] ?? '').toLowerCase();
  const host = match[2] ?? '';
  if (host === '' && scheme !== 'unix') return null;
  if (/\s/.test(text)) return null;
  const port = match[3] === undefined || match[3] === '' ? null : Number(match[3]);
  if (port !== null && port > 65535) return null;
  return { scheme, host, port, path: match[4] ?? '' };
}

const redisSchemes = new Set(['redis', 'rediss', 'unix']);
/** Keys, tokens and generated code travel to these addresses. */
const sensitive = new Set([
  'NEXUS_GATEWAY_URL',
  'SANDBOX_SERVICE_URL',
  'AZURE_ENDPOINT',
  'AZURE_OPENAI_ENDPOINT',
  'CLAUDE_ENDPOINT',
]);
/** Database addresses have schemes of their own. */
const anyScheme = new Set(['DATABASE_URL', 'NEXUS_DB_URL', 'EGRESS_PROXY_URL', 'ATHENA_EMBEDDING_BASE_URL']);

const isLocal = (host: string): boolean =>
  isLoopback(host) || !host.includes('.') || host.endsWith('.local') || host.endsWith('.internal');

interface Flaw {
  readonly message: string;
  readonly warning: boolean;
  /** Text that would be right, where it is evident. */
  readonly better: string | null;
}

function flawOf(value: WrittenValue, text: string, release: string): Flaw | null {
  const name = value.setting.envName ?? value.setting.meshKey ?? '';
  const redis = name === 'REDIS_URL' || name === 'redis_store_url' || name === 'NEXUS_REDIS_URL';
  const parts = splitUrl(text);
  if (parts === null) {
    const scheme = redis ? 'redis://' : 'http://';
    const hostPort = /^\w[\w.-]*(:\d+)?(\/\S*)?$/.test(text) && !/\*\*\*|\.\.|…/.test(text);
    return {
      message: `is no URL; write it with its scheme, like ${scheme}host:port`,
      warning: false,
      better: hostPort ? scheme + text : null,
    };
  }
  if (redis && !redisSchemes.has(parts.scheme))
    return { message: `has the scheme ${parts.scheme}; Redis takes redis, rediss or unix`, warning: false, better: null };
  if (!redis && !anyScheme.has(name) && parts.scheme !== 'http' && parts.scheme !== 'https')
    return { message: `has the scheme ${parts.scheme}; this client speaks http and https`, warning: false, better: null };
  if (parts.scheme === 'http' && sensitive.has(name) && !isLocal(parts.host))
    return {
      message: `sends keys or code in clear text to ${parts.host}; use https`,
      warning: true,
      better: text.replace(/^http:/i, 'https:'),
    };
  if ((name === 'LLM_ENDPOINT' || name === 'VLLM_ENDPOINT') && /^\/v1\/?$/.test(parts.path))
    return {
      message: 'ends in /v1, which the client adds itself (llm.py:411): requests go to /v1/v1',
      warning: true,
      better: text.replace(/\/v1\/?$/, ''),
    };
  if (name === 'SANDBOX_SERVICE_URL' && compareReleases(release, '1.0.2') <= 0) {
    if (/\/(execute|normal)\/?$/.test(parts.path))
      return {
        message: 'ends in a path the client adds itself (sandbox.py:249)',
        warning: true,
        better: text.replace(/\/(execute|normal)\/?$/, ''),
      };
  }
  if (name === 'SANDBOX_SERVICE_URL' && parts.path.endsWith('/'))
    return {
      message: 'ends in a slash; the client adds /normal and asks for //normal',
      warning: true,
      better: withoutEnd(text, /\//),
    };
  return null;
}

export const urlRules: readonly Rule[] = [
  documentRule('invalid-url', ({ document, target, at, placeOf }, report) => {
    for (const value of writtenValues(document, target)) {
      const { text, setting, assignment, converter } = value;
      if (
        setting.type !== 'url' ||
        text === null ||
        text.trim() === '' ||
        converter === 'container' ||
        setting.status === 'compose'
      )
        continue;
      const flaw = flawOf(value, text, target);
      if (flaw === null) continue;
      const range = assignment.valueRange;
      const masked = assignment.value.kind === 'text' && assignment.value.masked !== undefined;
      report({
        at: range === null ? placeOf(assignment) : at(range),
        setting: assignment.name,
        ...(flaw.warning ? { severity: 'warning' } : {}),
        message: `${value.label} ${flaw.message}.`,
        fixes:
          flaw.better === null || range === null || masked || assignment.quote === 'other'
            ? []
            : fix(`Write ${flaw.better}`, false, replaceValue(document, assignment, flaw.better)),
      });
    }
    for (const assignment of ownAssignments(document)) {
      // A secret URL that is no URL at all is kept as facts only.
      const secretUrl =
        assignment.value.kind === 'secret' &&
        assignment.value.facts.state === 'set' &&
        /^(REDIS_URL|redis_url|redis_store_url)$/.test(assignment.name);
      if (!secretUrl) continue;
      report({
        at: placeOf(assignment),
        setting: assignment.name,
        message: `${assignment.name} is no URL; write it with its scheme, like redis://host:port.`,
      });
    }
  }),
];
