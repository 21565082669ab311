/** Nexus: the credential gateway and its local store. */

import type { WorkspaceModel } from '../model/types.ts';
import { isOwnMachine } from './checklist/production.ts';
import { fix, insertMeshKey, replaceValue } from './fixes.ts';
import { setCandidate } from './processFixes.ts';
import { isLoopback } from './processView.ts';
import { relation } from './relation.ts';
import { documentRule, type Rule, workspaceRule } from './rule.ts';
import { splitUrl } from './values/urls.ts';
import { writtenValues } from './values/writtenValues.ts';

/** Whether a mesh gets an agent whose class stands nowhere in the workspace: it may declare anything. */
function addsUnknownAgents(model: WorkspaceModel): boolean {
  const marks = [...model.documents.values()].flatMap((document) => document.marks);
  const classes = new Set(marks.flatMap((mark) => (mark.name === 'class' ? [mark.value] : [])));
  return marks.some((mark) => mark.name === 'agent-added' && !classes.has(mark.value));
}

export const nexusRules: readonly Rule[] = [
  workspaceRule('nexus-gateway-no-auth-mode', ({ processes, model }, report) => {
    for (const process of processes) {
      const code = model.documents.get(process.process.program?.uri ?? process.process.uri);
      const needsAuth = code?.marks.some((mark) => mark.name === 'requires_auth' && mark.value !== 'False') ?? false;
      if (!process.isSet('NEXUS_GATEWAY_URL') || !needsAuth || !process.complete) continue;
      // `auth_mode` stopped being a setting after 1.0.2 and lives on as a key of the raw dict.
      const mode = code?.assignments.some((a) => a.process === process.construct.id && a.name === 'auth_mode') ?? false;
      if (mode && process.inDict('NEXUS_GATEWAY_URL')) continue;
      report({
        at: process.placeOf('NEXUS_GATEWAY_URL'),
        setting: 'NEXUS_GATEWAY_URL',
        message:
          'An agent declares requires_auth, but this release builds its authentication only from "auth_mode" and "nexus_gateway_url" in the Mesh dict.',
        related: [{ ...process.place, message: `The dict of ${process.label}` }],
        fixes:
          mode || !process.inDict('NEXUS_GATEWAY_URL')
            ? []
            : fix('Add "auth_mode": "production"', false, insertMeshKey(process.process, 'auth_mode', '"production"')),
      });
    }
  }),

  workspaceRule('requires-auth-missing', ({ processes, model }, report) => {
    const declared = [...model.documents.values()].some((document) =>
      document.marks.some((mark) => mark.name === 'requires_auth'),
    );
    if (declared || addsUnknownAgents(model)) return;
    for (const process of processes) {
      if (
        process.document?.kind !== 'python' ||
        process.process.declaration.kind !== 'mesh' ||
        !process.isSet('NEXUS_GATEWAY_URL')
      )
        continue;
      report({
        at: process.place,
        setting: 'NEXUS_GATEWAY_URL',
        message:
          'A Nexus gateway is configured, but no agent class of the workspace declares requires_auth = True; agents that call providers need it.',
        related: process.relatedTo('NEXUS_GATEWAY_URL', 'The gateway'),
      });
    }
  }),

  relation('nexus-gateway-port', (process, { documents }) => {
    const text = process.isSet('NEXUS_GATEWAY_URL') ? process.text('NEXUS_GATEWAY_URL') : null;
    const parts = text === null ? null : splitUrl(text);
    if (text === null || parts === null || !isOwnMachine(parts.host) || (parts.port !== 7070 && parts.port !== 8080)) return null;
    const better = text.replace(`:${parts.port}`, ':8090');
    const edit = setCandidate(documents, process.written('NEXUS_GATEWAY_URL'), { text: better, literal: JSON.stringify(better) });
    return {
      at: 'NEXUS_GATEWAY_URL',
      message: `Port ${parts.port} is ${parts.port === 8080 ? 'the broker' : "the template's"}; the gateway of the bundled stack listens on 8090.`,
      fixes: fix('Use port 8090', false, edit),
    };
  }),

  relation('nexus-broker-key-default', (process) => {
    const facts = process.secret('NEXUS_BROKER_API_KEY');
    return facts?.state === 'placeholder'
      ? {
          at: 'NEXUS_BROKER_API_KEY',
          message: 'NEXUS_BROKER_API_KEY looks like the published default of the bundled stack; anybody can guess it.',
        }
      : null;
  }),

  documentRule('nexus-bind-address-public', ({ document, target, placeOf }, report) => {
    for (const value of writtenValues(document, target)) {
      if (value.setting.envName !== 'NEXUS_BIND_ADDRESS' || value.text === null || value.text === '' || isLoopback(value.text))
        continue;
      report({
        at: placeOf(value.assignment),
        setting: 'NEXUS_BIND_ADDRESS',
        message: `NEXUS_BIND_ADDRESS=${value.text} publishes the broker and the gateway beyond this machine.`,
        fixes: fix('Write 127.0.0.1', false, replaceValue(document, value.assignment, '127.0.0.1')),
      });
    }
  }),

  relation('nexus-subject-binding', (process, { documents }) => {
    const written = process.written('NEXUS_SUBJECT_BINDING');
    if (written === undefined || process.text('NEXUS_SUBJECT_BINDING') === 'required') return null;
    return {
      at: 'NEXUS_SUBJECT_BINDING',
      message:
        'Where agents act for users, NEXUS_SUBJECT_BINDING should be "required"; otherwise one user\'s connection serves another.',
      fixes: fix('Write required', false, setCandidate(documents, written, { text: 'required', literal: '"required"' })),
    };
  }),
];
