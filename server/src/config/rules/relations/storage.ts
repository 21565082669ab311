/** Redis, blob storage and the sandbox. */

import { compareReleases } from '#schemas/settings/catalogue.ts';
import type { Assignment, Candidate, Edit } from '../../model/types.ts';
import { firstNamed } from '../../readers/dotenvAssignments.ts';
import { fix, removeAssignment, replaceValue } from '../fixes.ts';
import { ownAssignments } from '../ownAssignments.ts';
import { type Documents, removeCandidate, setCandidate } from '../processFixes.ts';
import type { ProcessView } from '../processView.ts';
import { relation } from '../relation.ts';
import { documentRule, processRule, type Rule } from '../rule.ts';
import { splitUrl } from '../values/urls.ts';
import { writtenValues } from '../values/writtenValues.ts';

const components = ['REDIS_HOST', 'REDIS_PORT', 'REDIS_PASSWORD', 'REDIS_DB'] as const;

const writtenComponents = (process: ProcessView): readonly string[] => components.filter((name) => process.isSet(name));

/** Turns the component lines of one env file into a single URL line; null with a password, which no fix may carry. */
function urlFromComponents(process: ProcessView, documents: Documents): readonly (Edit | null)[] {
  const names = writtenComponents(process);
  const candidates = names
    .map((name) => process.written(name))
    .filter((candidate): candidate is Candidate => candidate !== undefined);
  const first = candidates[0];
  if (first === undefined || names.includes('REDIS_PASSWORD')) return [null];
  const uri = first.origin.uri;
  const document = uri === null ? undefined : documents.get(uri);
  if (document?.kind !== 'dotenv' || candidates.some((candidate) => candidate.origin.uri !== uri)) return [null];
  const url = `redis://${process.text('REDIS_HOST') ?? 'localhost'}:${process.number('REDIS_PORT') ?? 6379}/${process.number('REDIS_DB') ?? 0}`;
  return candidates.map((candidate, index) => {
    if (candidate.assignment === null) return null;
    if (index > 0) return removeAssignment(document, candidate.assignment);
    return { uri: document.uri, range: candidate.assignment.range, newText: `REDIS_URL=${url}` };
  });
}

/** Whether a masked or plain Redis URL names another host or port than the components. */
function contradicts(process: ProcessView): boolean {
  const text = process.text('REDIS_URL');
  const parts = text === null ? null : splitUrl(text);
  if (parts === null) return false;
  const host = process.isSet('REDIS_HOST') ? process.text('REDIS_HOST') : null;
  const port = process.isSet('REDIS_PORT') ? process.number('REDIS_PORT') : null;
  return (host !== null && host !== parts.host) || (port !== null && port !== (parts.port ?? 6379));
}

/** What azure-identity reads, and how people name the account beside it. */
const identityNames = new Set([
  ...['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_FEDERATED_TOKEN_FILE', 'AZURE_USE_MANAGED_IDENTITY'],
  ...['AZURE_STORAGE_ACCOUNT', 'AZURE_STORAGE_ACCOUNT_NAME', 'AZURE_STORAGE_ACCOUNT_URL'],
]);

/** In each document of the process, the first name that azure-identity or people take for a sign-in. */
function identityHints(
  { process }: ProcessView,
  documents: Documents,
): readonly { readonly uri: string; readonly hint: Assignment }[] {
  return [...new Set([process.uri, ...process.environments])].flatMap((uri) => {
    const document = documents.get(uri);
    const hint = document === undefined ? undefined : firstNamed(document, identityNames);
    return hint === undefined ? [] : [{ uri, hint }];
  });
}

export const storageRules: readonly Rule[] = [
  relation('redis-components-ignored', (process, { documents }) => {
    const [first, ...others] = writtenComponents(process);
    if (first === undefined || process.firstSet('REDIS_URL', 'REDIS_STORE_URL') !== null || !process.complete) return null;
    return {
      at: first,
      with: others,
      message: `${[first, ...others].join(', ')} ${others.length === 0 ? 'does' : 'do'} not connect anything: Mesh takes Redis from REDIS_URL alone.`,
      fixes: fix('Write REDIS_URL instead', false, ...urlFromComponents(process, documents)),
    };
  }),

  relation('redis-url-overrides-components', (process, { documents }) => {
    const [first, ...others] = writtenComponents(process);
    if (first === undefined || !process.isSet('REDIS_URL')) return null;
    const other = contradicts(process);
    const edits = [first, ...others].map((name): Edit | null => {
      const candidate = process.written(name);
      const document = candidate?.origin.uri == null ? undefined : documents.get(candidate.origin.uri);
      return document === undefined || candidate?.assignment == null ? null : removeAssignment(document, candidate.assignment);
    });
    return {
      at: first,
      with: ['REDIS_URL', ...others],
      ...(other ? { severity: 'warning' } : {}),
      message: `REDIS_URL is set, so ${[first, ...others].join(', ')} ${others.length === 0 ? 'has' : 'have'} no effect${other ? ', and they name another server' : ''}.`,
      fixes: fix(`Remove ${[first, ...others].join(', ')}`, false, ...edits),
    };
  }),

  relation('storage-azure-no-connection', (process, { documents }) => {
    if (process.text('STORAGE_BACKEND') !== 'azure' || process.isSet('AZURE_STORAGE_CONNECTION_STRING') || !process.complete)
      return null;
    // Who names an identity instead is told about that, by `storage-managed-identity`.
    if (identityHints(process, documents).length > 0) return null;
    return {
      at: 'STORAGE_BACKEND',
      message:
        'STORAGE_BACKEND=azure needs AZURE_STORAGE_CONNECTION_STRING; without it there is no blob storage at all, only a warning. Managed Identity is not supported.',
    };
  }),

  processRule('storage-managed-identity', ({ process, documents }, report) => {
    if (process.text('STORAGE_BACKEND') !== 'azure' || process.isSet('AZURE_STORAGE_CONNECTION_STRING') || !process.complete)
      return;
    for (const { uri, hint } of identityHints(process, documents)) {
      report({
        at: { uri, range: hint.nameRange },
        setting: 'AZURE_STORAGE_CONNECTION_STRING',
        message: `${hint.name} does not sign in to the storage: the code knows AZURE_STORAGE_CONNECTION_STRING only, no Managed Identity, whatever the guide advises.`,
        related: process.relatedTo('STORAGE_BACKEND', 'Azure is the storage'),
      });
    }
  }),

  relation('storage-redis-no-url', (process) => {
    if (process.text('STORAGE_BACKEND') !== 'redis' || process.isSet('REDIS_URL') || !process.complete) return null;
    return { at: 'STORAGE_BACKEND', message: 'STORAGE_BACKEND=redis needs REDIS_URL; without it there is no blob storage.' };
  }),

  documentRule('storage-redis-unsupported', ({ document, target, placeOf }, report) => {
    for (const value of writtenValues(document, target)) {
      if (value.setting.envName !== 'STORAGE_BACKEND' || value.text !== 'redis') continue;
      report({
        at: placeOf(value.assignment),
        setting: value.assignment.name,
        message: `STORAGE_BACKEND=redis needs 2.3.0; JarvisCore ${target} stores locally instead.`,
        fixes: fix('Write local', false, replaceValue(document, value.assignment, 'local')),
      });
    }
  }),

  relation('storage-azure-unused', (process, { documents }) => {
    const name = process.firstSet('AZURE_STORAGE_CONNECTION_STRING', 'AZURE_STORAGE_CONTAINER');
    if (name === null || process.text('STORAGE_BACKEND') !== 'local') return null;
    const backend = process.written('STORAGE_BACKEND');
    return {
      at: name,
      message: `${name} is set, but STORAGE_BACKEND is local: nothing is stored in Azure.`,
      fixes:
        backend === undefined || name !== 'AZURE_STORAGE_CONNECTION_STRING'
          ? []
          : fix('Set STORAGE_BACKEND to azure', false, setCandidate(documents, backend, { text: 'azure', literal: '"azure"' })),
    };
  }),

  relation('sandbox-not-wired', (process, { target }) => {
    if (process.process.declaration.kind === 'join-mesh') return null;
    const remote = process.text('SANDBOX_MODE') === 'remote' && process.written('SANDBOX_MODE') !== undefined;
    const name = remote ? 'SANDBOX_MODE' : process.isSet('SANDBOX_SERVICE_URL') ? 'SANDBOX_SERVICE_URL' : null;
    if (name === null) return null;
    return { at: name, message: `AutoAgent of JarvisCore ${target} never uses ${name}: code runs locally whatever it says.` };
  }),

  relation('sandbox-remote-no-url', (process, { target }) => {
    if (
      compareReleases(target, '1.0.2') > 0 ||
      process.text('SANDBOX_MODE') !== 'remote' ||
      // From the environment nothing applies it (`env-needs-mesh-config`).
      !process.inDict('SANDBOX_MODE') ||
      process.isSet('SANDBOX_SERVICE_URL') ||
      !process.complete
    )
      return null;
    return { at: 'SANDBOX_MODE', message: 'SANDBOX_MODE=remote without SANDBOX_SERVICE_URL: code runs locally after a warning.' };
  }),

  relation('sandbox-url-without-remote', (process, { documents }) => {
    if (!process.inDict('SANDBOX_SERVICE_URL') || process.text('SANDBOX_MODE') !== 'local') return null;
    return {
      at: 'SANDBOX_SERVICE_URL',
      message: '"sandbox_service_url" has no effect while "sandbox_mode" is "local".',
      fixes: fix('Remove "sandbox_service_url"', false, removeCandidate(documents, process.written('SANDBOX_SERVICE_URL'))),
    };
  }),

  relation('sandbox-remote-fallback', (process) => {
    if (process.text('SANDBOX_MODE') !== 'remote' || !process.inDict('SANDBOX_MODE') || !process.isSet('SANDBOX_SERVICE_URL'))
      return null;
    return {
      at: 'SANDBOX_MODE',
      message: 'When the remote sandbox answers with an error, the code still runs locally (sandbox.py:280-292).',
    };
  }),

  documentRule('sandbox-child-marker', ({ document, at }, report) => {
    for (const assignment of ownAssignments(document)) {
      if (assignment.layer !== 'environment' || assignment.name.toUpperCase() !== 'JARVISCORE_SANDBOX_CHILD') continue;
      report({
        at: at(assignment.nameRange),
        setting: 'JARVISCORE_SANDBOX_CHILD',
        message:
          'JARVISCORE_SANDBOX_CHILD is set by the framework inside its sandbox; by hand it lets host commands run without control decision and journal record.',
        fixes: fix('Remove the line', false, removeAssignment(document, assignment)),
      });
    }
  }),

  documentRule('hitl-targets-empty', ({ document, target, at }, report) => {
    for (const value of writtenValues(document, target)) {
      const range = value.assignment.valueRange;
      if (value.setting.envName !== 'HITL_TARGETS' || value.text === null || range === null) continue;
      const items = value.text.split(',').map((item) => item.trim());
      if (value.text.trim() === '' || items.every((item) => item !== '')) continue;
      const clean = items.filter((item) => item !== '').join(',');
      report({
        at: at(range),
        setting: value.assignment.name,
        message: `${value.label} has an empty item between the commas.`,
        fixes: clean === '' ? [] : fix('Remove the empty item', true, replaceValue(document, value.assignment, clean)),
      });
    }
  }),
];
