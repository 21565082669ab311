/** Names that carry no prefix, a wrong one or one too many. */

import { Latest } from '../../model/latest.ts';
import type { DeclaredProcess, Fix, SourceDocument } from '../../model/types.ts';
import { fix, insertMeshKey } from '../fixes.ts';
import type { ProcessView } from '../processView.ts';
import { literalOf } from '../pythonLiteral.ts';
import { type DocumentContext, documentRule, eachDocumentRule, type Rule } from '../rule.ts';
import { settingOfMeshKey } from '../settingIndex.ts';
import { hasName, isForeign, notableNames, removeEdit, renameEdit, type WrittenName } from './environmentNames.ts';
import { filledIntoCompose } from './filledNames.ts';
import { dictOnlyKeepalive, internalKeepalive, jcPrefixed, overprefixedTarget, unprefixed } from './prefixCases.ts';

const p2pNames = new Set([
  ...unprefixed.keys(),
  ...unprefixed.values(),
  ...['P2P_ENABLED', 'ZMQ_PORT_OFFSET', 'TRANSPORT_TYPE', 'KEEPALIVE_ENABLED', 'KEEPALIVE_INTERVAL', 'JARVISCORE_MESH_ENDPOINT'],
]);

/** Renames the line, or removes it where the right name has a line already. */
function renameOrRemove(context: Pick<DocumentContext, 'document'>, written: WrittenName, to: string): readonly Fix[] {
  const { document } = context;
  if (written.assignment !== null && hasName(document, to))
    return fix(`Remove ${written.name}, ${to} is set already`, false, removeEdit(document, written));
  return fix(`Rename to ${to}`, false, renameEdit(document, written, to));
}

export const prefixRules: readonly Rule[] = [
  eachDocumentRule(
    'unprefixed-p2p-var',
    (document, { model }) => [...filledIntoCompose(document, model)],
    (document, { model }, report) => {
      const names = notableNames(document);
      const filled = filledIntoCompose(document, model);
      for (const written of names) {
        const to = unprefixed.get(written.key);
        // A name of the compose file's own, which fills in the variable of the framework.
        if (to === undefined || filled.has(written.name)) continue;
        const alone = written.key === 'NODE_NAME' && !names.some((other) => other.key !== 'NODE_NAME' && p2pNames.has(other.key));
        report({
          at: { uri: document.uri, range: written.range },
          message: `${written.name} is not read by JarvisCore (since 0.4.0); use ${to}, set per process.`,
          setting: to,
          ...(document.template || alone ? { severity: 'warning' } : {}),
          fixes: renameOrRemove({ document }, written, to),
        });
      }
    },
    'checked',
  ),

  documentRule('jc-prefixed-p2p-var', (context, report) => {
    for (const written of notableNames(context.document)) {
      const to = jcPrefixed.get(written.key);
      if (to === undefined) continue;
      report({
        at: context.at(written.range),
        message: `${written.name} was documented up to 1.11.0, but no release reads it; use ${to}.`,
        setting: to,
        fixes: renameOrRemove(context, written, to),
      });
    }
  }),

  documentRule('overprefixed-var', (context, report) => {
    for (const written of notableNames(context.document)) {
      const to = overprefixedTarget(written.key);
      if (to === null || isForeign(written.key)) continue;
      const why = to.startsWith('JARVISCORE_') ? `the name that is read is ${to}` : `${to} stays without the prefix on purpose`;
      report({
        at: context.at(written.range),
        message: `${written.name} is ignored: ${why}.`,
        setting: to,
        fixes: renameOrRemove(context, written, to),
      });
    }
  }),

  documentRule('internal-keepalive-name', (context, report) => {
    for (const written of notableNames(context.document)) {
      const to = internalKeepalive.get(written.key);
      if (to === undefined) continue;
      report({
        at: context.at(written.range),
        message:
          to === null
            ? `${written.name} is an internal key of the framework and is not read from the environment; no setting replaces it.`
            : `${written.name} is an internal key of the framework and is not read from the environment; use ${to}.`,
        setting: to ?? written.key,
        fixes:
          to === null
            ? fix(`Remove ${written.name}`, false, removeEdit(context.document, written))
            : renameOrRemove(context, written, to),
      });
    }
  }),

  eachDocumentRule(
    'keepalive-env-not-read',
    (document, { processes }) => (hasDictOnly(document) ? givenTo(document, processes) : []),
    (document, { processes }, report) => {
      if (!hasDictOnly(document)) return;
      for (const written of notableNames(document)) {
        const key = dictOnlyKeepalive.get(written.key);
        if (key === undefined) continue;
        report({
          at: { uri: document.uri, range: written.range },
          message: `${written.name} was announced for 1.0.2, but no release from 1.0.0 to 3.0.0 reads it from the environment; set "${key}" in Mesh(config={...}).`,
          setting: key,
          fixes: moveOrRemove(document, written, key, processes),
        });
      }
    },
    'checked',
  ),
];

const hasDictOnly = (document: SourceDocument): boolean =>
  notableNames(document).some((written) => dictOnlyKeepalive.has(written.key));

/** The processes that have the document's variables in their environment; looked up, because every env file asks. */
function givenTo(document: SourceDocument, processes: readonly ProcessView[]): readonly ProcessView[] {
  let index = environmentIndexes.get(processes);
  if (index === undefined) {
    index = new Map();
    for (const view of processes) {
      for (const uri of new Set(view.process.environments)) {
        const views = index.get(uri);
        if (views === undefined) index.set(uri, [view]);
        else views.push(view);
      }
    }
    environmentIndexes.set(processes, index);
  }
  return (index.get(document.uri) ?? []).filter(({ process }) => process.declaration.kind === 'mesh');
}
const environmentIndexes = new Latest<readonly ProcessView[], Map<string, ProcessView[]>>();

/** Whether a Mesh of this workspace is given the environment that the document writes. */
const reads = ({ declaration, environments }: DeclaredProcess, document: SourceDocument): boolean =>
  declaration.kind === 'mesh' && environments.includes(document.uri);

/** Moves the value into the dict of every Mesh that the line was meant for, or takes the line out where none can take it. */
function moveOrRemove(
  document: SourceDocument,
  written: WrittenName,
  key: string,
  processes: readonly ProcessView[],
): readonly Fix[] {
  const removal = removeEdit(document, written);
  const setting = settingOfMeshKey(key);
  const value = written.assignment?.value;
  const literal =
    setting === undefined || value?.kind !== 'text' || value.masked !== undefined ? null : literalOf(setting, value.text);
  const lacking = processes.filter(
    ({ process }) =>
      reads(process, document) &&
      !process.settings.get(key.toUpperCase())?.chain.some(({ origin }) => origin.kind === 'mesh-config'),
  );
  if (literal === null || lacking.length === 0)
    return fix(`Remove ${written.name} (set "${key}" in the Mesh dict instead)`, false, removal);
  return fix(
    `Move to "${key}" in the Mesh dict`,
    false,
    removal,
    ...lacking.map(({ process }) => insertMeshKey(process, key, literal)),
  );
}
