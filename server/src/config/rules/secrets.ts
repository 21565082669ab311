/** Secrets: in clear text, placeholders, weak, reused, in the wrong place. Only facts about them are known here. */

import type { Assignment, SecretFacts } from '../model/types.ts';
import { onlySupervised } from './effects/unread.ts';
import { fix, removeAssignment } from './fixes.ts';
import { isSharedName, readersOf } from './names/sharedFiles.ts';
import { ownAssignments } from './ownAssignments.ts';
import type { ProcessView } from './processView.ts';
import { relation } from './relation.ts';
import { documentRule, eachDocumentRule, processRule, type Rule } from './rule.ts';
import { settingOf } from './settingIndex.ts';

/** The facts of a secret value, or of the password inside a URL. */
function factsOf(assignment: Assignment): SecretFacts | null {
  const { value } = assignment;
  if (value.kind === 'secret') return value.facts;
  return (value.kind === 'text' || value.kind === 'literal') && value.masked !== undefined ? value.masked : null;
}

/** A secret of the catalogue, or of a name that is none but sounds like one. */
function isSecretSetting(assignment: Assignment): boolean {
  return settingOf(assignment)?.secret ?? false;
}

/** Whether the line holds a secret of the catalogue in clear text. */
export function isStoredSecret(assignment: Assignment): boolean {
  return factsOf(assignment)?.state === 'set' && isSecretSetting(assignment);
}

const reusable = [
  'NEXUS_SECRET',
  'NEXUS_ENCRYPTION_KEY',
  'NEXUS_STATE_KEY',
  'NEXUS_BROKER_API_KEY',
  'NEXUS_GATEWAY_API_KEY',
  'APPROVAL_ASSERTION_KEY',
  'REDIS_PASSWORD',
];

function sameSecret(process: ProcessView, a: string, b: string): boolean {
  const x = process.secret(a);
  const y = process.secret(b);
  return x !== null && y !== null && x.state === 'set' && x.equalityClass === y.equalityClass;
}

const formats: Readonly<Record<string, { readonly fits: (facts: SecretFacts) => boolean; readonly like: string }>> = {
  CLAUDE_API_KEY: { fits: (facts) => facts.formats.includes('sk-ant-'), like: 'sk-ant-…' },
  ANTHROPIC_API_KEY: { fits: (facts) => facts.formats.includes('sk-ant-'), like: 'sk-ant-…' },
  GEMINI_API_KEY: { fits: (facts) => facts.formats.includes('AIza'), like: 'AIza…' },
  AZURE_API_KEY: { fits: (facts) => facts.length === 32 || facts.length === 84, like: '32 or 84 characters' },
};

export const secretRules: readonly Rule[] = [
  documentRule(
    'secret-in-env-file',
    ({ document, production, placeOf }, report) => {
      if (document.kind !== 'dotenv') return;
      const shared = isSharedName(document.name) && document.name.toLowerCase() !== '.env';
      for (const assignment of ownAssignments(document)) {
        const facts = factsOf(assignment);
        if (facts?.state !== 'set' || !isSecretSetting(assignment)) continue;
        report({
          at: placeOf(assignment),
          setting: assignment.name.toUpperCase(),
          ...(production ? { severity: 'error' } : shared ? { severity: 'warning' } : {}),
          message: `${assignment.name} stands here in clear text; keep the file out of version control${production ? ' and hand secrets over through the service environment or a secret store' : ''}.`,
        });
      }
    },
    'exempt',
  ),

  documentRule(
    'secret-placeholder',
    ({ document, placeOf }, report) => {
      for (const assignment of ownAssignments(document)) {
        if (factsOf(assignment)?.state !== 'placeholder' || !isSecretSetting(assignment)) continue;
        report({ at: placeOf(assignment), setting: assignment.name, message: `${assignment.name} still holds a placeholder.` });
      }
    },
    'exempt',
  ),

  documentRule(
    'mesh-config-secret',
    ({ document, placeOf }, report) => {
      if (document.kind !== 'python') return;
      for (const assignment of ownAssignments(document)) {
        if (assignment.layer !== 'mesh' || factsOf(assignment)?.state !== 'set') continue;
        report({
          at: placeOf(assignment),
          setting: assignment.name,
          message: `"${assignment.name}" is a secret written in source code; read it from the environment.`,
        });
      }
    },
    'exempt',
  ),

  processRule('secret-reused', ({ process }, report) => {
    for (const [index, name] of reusable.entries()) {
      const first = reusable.slice(0, index).find((other) => sameSecret(process, other, name));
      if (first === undefined) continue;
      report({
        at: process.placeOf(name),
        setting: name,
        message: `${name} has the same value as ${first}; whoever gets one has both.`,
        related: process.relatedTo(first, first),
      });
    }
  }),

  documentRule(
    'secret-format',
    ({ document, placeOf }, report) => {
      for (const assignment of ownAssignments(document)) {
        const format = formats[settingOf(assignment)?.envName ?? ''];
        const facts = factsOf(assignment);
        if (format === undefined || facts?.state !== 'set' || format.fits(facts)) continue;
        report({
          at: placeOf(assignment),
          setting: assignment.name,
          message: `${assignment.name} does not look like a key of this provider (${format.like}).`,
        });
      }
    },
    'exempt',
  ),

  documentRule(
    'nexus-stack-secret-in-project-env',
    ({ document, at }, report) => {
      for (const assignment of ownAssignments(document)) {
        const name = assignment.name.toUpperCase();
        if (
          assignment.layer !== 'environment' ||
          !['NEXUS_ENCRYPTION_KEY', 'NEXUS_STATE_KEY', 'NEXUS_BROKER_API_KEY'].includes(name)
        )
          continue;
        if (factsOf(assignment)?.state === 'empty' || document.kind === 'python') continue;
        report({
          at: at(assignment.nameRange),
          setting: name,
          message: `${assignment.name} belongs to ~/.jarviscore/nexus/stack.env; every agent that loads this file could decrypt all stored credentials.`,
          fixes: fix(
            `Remove ${assignment.name} (jarviscore nexus up keeps it in stack.env)`,
            false,
            removeAssignment(document, assignment),
          ),
        });
      }
    },
    'exempt',
  ),

  documentRule(
    'nexus-secret-weak',
    ({ document, placeOf }, report) => {
      for (const assignment of ownAssignments(document)) {
        const facts = factsOf(assignment);
        if (assignment.name.toUpperCase() !== 'NEXUS_SECRET' || facts?.state !== 'set') continue;
        if (facts.length >= 32 && facts.estimatedBits >= 105) continue;
        report({
          at: placeOf(assignment),
          setting: 'NEXUS_SECRET',
          message: `NEXUS_SECRET is ${facts.length < 32 ? 'shorter than 32 characters' : 'repetitive'}; use at least 32 random ones.`,
        });
      }
    },
    'exempt',
  ),

  documentRule(
    'nexus-key-format',
    ({ document, placeOf }, report) => {
      for (const assignment of ownAssignments(document)) {
        const facts = factsOf(assignment);
        if (!/^NEXUS_(ENCRYPTION|STATE)_KEY$/i.test(assignment.name) || facts === null || facts.state === 'placeholder') continue;
        if (facts.formats.includes('base64-32')) continue;
        report({
          at: placeOf(assignment),
          setting: assignment.name.toUpperCase(),
          message:
            `${assignment.name} is ${facts.state === 'empty' ? 'empty' : 'not'} 32 bytes in base64 (openssl rand -base64 32).`.replace(
              'empty 32',
              'empty; it needs 32',
            ),
        });
      }
    },
    'exempt',
  ),

  relation('nexus-encryption-vs-state-equal', (process) =>
    sameSecret(process, 'NEXUS_ENCRYPTION_KEY', 'NEXUS_STATE_KEY')
      ? {
          at: 'NEXUS_STATE_KEY',
          with: ['NEXUS_ENCRYPTION_KEY'],
          message: 'NEXUS_STATE_KEY is the same as NEXUS_ENCRYPTION_KEY; make two keys.',
        }
      : null,
  ),

  eachDocumentRule(
    'nexus-secret-only-in-dotenv',
    (document, { processes }) => [onlySupervised(document, readersOf(document, processes))],
    (document, { processes, target }, report) => {
      if (document.kind !== 'dotenv' || onlySupervised(document, readersOf(document, processes))) return;
      for (const assignment of ownAssignments(document)) {
        if (assignment.name !== 'NEXUS_SECRET' || factsOf(assignment)?.state === 'empty') continue;
        report({
          at: { uri: document.uri, range: assignment.nameRange },
          setting: 'NEXUS_SECRET',
          message: `JarvisCore ${target} reads NEXUS_SECRET from the process environment only, so this line is not used. From 2.2.0 on it is, and credentials stored before become unreadable then.`,
        });
      }
    },
    'exempt',
  ),

  documentRule(
    'approval-key-weak',
    ({ document, placeOf }, report) => {
      for (const assignment of ownAssignments(document)) {
        const facts = factsOf(assignment);
        if (assignment.name.toUpperCase() !== 'APPROVAL_ASSERTION_KEY' || facts?.state !== 'set' || facts.length >= 32) continue;
        report({
          at: placeOf(assignment),
          setting: assignment.name,
          message: 'The approval key is shorter than 32 characters; use at least 32 random ones.',
        });
      }
    },
    'exempt',
  ),
];
