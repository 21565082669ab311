/** The production guide's security checklist, as far as settings decide it. */

import type { Related, SourceDocument } from '../../model/types.ts';
import { fix, insertMeshKey } from '../fixes.ts';
import { ownAssignments } from '../ownAssignments.ts';
import { removeCandidate, setCandidate } from '../processFixes.ts';
import { firstWritten, relation } from '../relation.ts';
import { documentRule, processRule, type Rule, workspaceRule } from '../rule.ts';

const readsUntrusted = /^jarviscore\.(?:browser|search)(?:\.|$)/;

/** The first import of what reads what strangers write. */
function readerOfUntrusted(documents: Iterable<SourceDocument>): Related | undefined {
  for (const { uri, marks } of documents) {
    const mark = marks.find(({ name, value }) => name === 'import' && readsUntrusted.test(value ?? ''));
    if (mark !== undefined) return { uri, range: mark.range, message: `Imports ${mark.value}` };
  }
  return undefined;
}

export const securityRules: readonly Rule[] = [
  relation('sandbox-remote-untrusted', (process) => {
    if (process.text('SANDBOX_MODE') !== 'local' || !process.complete || process.implied) return null;
    return {
      at: 'SANDBOX_MODE',
      message: 'Agents that meet untrusted input run generated code in the process; set "sandbox_mode": "remote".',
    };
  }),

  workspaceRule('unsafe-execution-enabled', ({ processes, model: { documents } }, report) => {
    const unsafe = processes.filter((process) => process.bool('ALLOW_UNSAFE_LOCAL_EXECUTION') === true);
    const reader = unsafe.length === 0 ? undefined : readerOfUntrusted(documents.values());
    for (const process of unsafe) {
      report({
        at: process.placeOf('ALLOW_UNSAFE_LOCAL_EXECUTION'),
        setting: 'ALLOW_UNSAFE_LOCAL_EXECUTION',
        ...(process.production ? { severity: 'error' } : {}),
        message:
          'ALLOW_UNSAFE_LOCAL_EXECUTION is on: what agents read from web pages or documents can end up as code that runs unconfined.',
        related: reader === undefined ? [] : [reader],
        fixes: fix(
          'Switch it off',
          false,
          setCandidate(documents, process.written('ALLOW_UNSAFE_LOCAL_EXECUTION'), { text: 'false', literal: 'False' }),
        ),
      });
    }
  }),

  relation('log-level-debug', (process, { documents }) => {
    if (process.text('LOG_LEVEL')?.toUpperCase() !== 'DEBUG') return null;
    return {
      at: 'LOG_LEVEL',
      message: 'Debug logs may contain prompts and credentials; use INFO.',
      fixes: fix('Write INFO', false, setCandidate(documents, process.written('LOG_LEVEL'), { text: 'INFO', literal: '"INFO"' })),
    };
  }),

  processRule('hitl-disabled', ({ process }, report) => {
    const enabled = process.bool('HITL_ENABLED') === true && process.inDict('HITL_ENABLED');
    if (
      !process.production ||
      !process.complete ||
      process.joinsOnly ||
      enabled ||
      process.isSet('CONTROL_POLICY_PATH') ||
      process.isSet('JARVISCORE_CONTROL_POLICY')
    )
      return;
    report({
      at: process.placeOf('HITL_ENABLED'),
      setting: 'HITL_ENABLED',
      message:
        'No human approval is configured: set "hitl_enabled": True in the Mesh dict for agents whose mistakes are expensive (the environment name alone never switches it on).',
      fixes: process.inDict('HITL_ENABLED')
        ? []
        : fix('Add "hitl_enabled": True to the Mesh dict', false, insertMeshKey(process.process, 'hitl_enabled', 'True')),
    });
  }),

  relation('tls-insecure', (process, { production, documents }) => {
    const text = process.text('JARVISCORE_TLS_INSECURE')?.toLowerCase() ?? '';
    if (!['1', 'true', 'yes', 'on'].includes(text)) return null;
    return {
      at: 'JARVISCORE_TLS_INSECURE',
      ...(production ? { severity: 'error' } : {}),
      message: 'Certificate checks are off for every connection of the framework: anybody in between can read keys and prompts.',
      fixes: fix('Remove the line', false, removeCandidate(documents, process.written('JARVISCORE_TLS_INSECURE'))),
    };
  }),

  relation('browser-ignore-https', (process, { documents }) => {
    const browser = [
      'BROWSER_MODEL',
      'BROWSER_HEADLESS',
      'BROWSER_CONTROL_URL',
      'BROWSER_PROFILE_DIR',
      'BROWSER_IGNORE_HTTPS_ERRORS',
    ].some((name) => process.written(name) !== undefined);
    if (!browser || process.bool('BROWSER_IGNORE_HTTPS_ERRORS') === false) return null;
    const written = process.written('BROWSER_IGNORE_HTTPS_ERRORS');
    const at = firstWritten(
      process,
      'BROWSER_IGNORE_HTTPS_ERRORS',
      'BROWSER_MODEL',
      'BROWSER_HEADLESS',
      'BROWSER_CONTROL_URL',
      'BROWSER_PROFILE_DIR',
    );
    return {
      at,
      message: 'BROWSER_IGNORE_HTTPS_ERRORS is true, its default: browser agents accept forged certificates.',
      fixes: fix('Switch it off', false, setCandidate(documents, written, { text: 'false', literal: 'False' })),
    };
  }),

  documentRule('unsafe-execution-string', ({ document, at }, report) => {
    for (const assignment of ownAssignments(document)) {
      const { value, valueRange } = assignment;
      if (assignment.layer !== 'mesh' || assignment.name !== 'allow_unsafe_local_execution' || valueRange === null) continue;
      if (value.kind !== 'literal' || typeof value.literal !== 'string') continue;
      report({
        at: at(valueRange),
        setting: assignment.name,
        message: `"${value.literal}" is text, and any text that is not empty counts as true: unconfined execution is on.`,
        fixes: fix('Write False', false, { uri: document.uri, range: valueRange, newText: 'False' }),
      });
    }
  }),
];
