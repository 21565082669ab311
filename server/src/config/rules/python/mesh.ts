/** How a process is declared: Mesh(...), join_mesh(...), JarvisLifespan(...). */

import type { Literal, ProcessDeclaration, SourceDocument, Value } from '../../model/types.ts';
import { comparePositions } from '../../text/position.ts';
import { fix, insertKey, insertMeshKey } from '../fixes.ts';
import { ownAssignments } from '../ownAssignments.ts';
import { setCandidate } from '../processFixes.ts';
import type { ProcessView } from '../processView.ts';
import { relation } from '../relation.ts';
import { documentRule, processRule, type Rule } from '../rule.ts';
import { p2pOfMode, removeArgument, replaceMode } from './modeFix.ts';

const modes = ['autonomous', 'distributed', 'p2p'];

function literalOf(value: Value | undefined): Literal | undefined {
  return value?.kind === 'literal' ? value.literal : undefined;
}

/** Keyword arguments of the call, positional ones (`#0`) left out. */
function keywords(process: ProcessDeclaration): readonly (readonly [string, ProcessDeclaration['facts'][string]])[] {
  return Object.entries(process.facts).filter(([name]) => !name.startsWith('#'));
}

function* declared(document: SourceDocument, ...kinds: readonly ProcessDeclaration['kind'][]): Generator<ProcessDeclaration> {
  for (const process of document.processes) if (kinds.includes(process.kind)) yield process;
}

/** Whether a file calls a method on what it builds. */
function mark(process: ProcessView, name: string): SourceDocument['marks'][number] | undefined {
  return process.document?.marks.find((candidate) => candidate.name === name);
}

export const meshRules: readonly Rule[] = [
  documentRule('mesh-mode-deprecated', ({ document, target, at }, report) => {
    for (const process of declared(document, 'mesh')) {
      const mode = process.facts.mode;
      if (mode === undefined) continue;
      const word = literalOf(mode.value);
      const enabled = p2pOfMode(word);
      const advice = enabled === null ? '"p2p_enabled"' : `"p2p_enabled": ${enabled}`;
      report({
        at: at(mode.range),
        message: `JarvisCore ${target} accepts mode= with a DeprecationWarning and ignores it; say ${advice} in the config.`,
        setting: 'mode',
        fixes: enabled === null ? [] : replaceMode(document, process, mode.range, enabled),
      });
    }
  }),

  documentRule('mesh-mode-invalid', ({ document, at }, report) => {
    for (const process of declared(document, 'mesh', 'lifespan')) {
      const mode = process.facts.mode ?? (process.kind === 'mesh' ? process.facts['#0'] : undefined);
      const word = literalOf(mode?.value);
      if (mode === undefined || typeof word !== 'string' || modes.includes(word)) continue;
      report({ at: at(mode.range), setting: 'mode', message: `"${word}" is no mode; Mesh knows ${modes.join(', ')}.` });
    }
  }),

  documentRule('mesh-positional-mode', ({ document, target, at }, report) => {
    for (const process of declared(document, 'mesh')) {
      const first = process.facts['#0'];
      const word = literalOf(first?.value);
      if (first === undefined || typeof word !== 'string') continue;
      report({
        at: at(first.range),
        setting: 'mode',
        message: `The first argument of Mesh is config since 1.1.0: in JarvisCore ${target} start() fails with an AttributeError on "${word}".`,
        fixes: fix('Write a config dict instead', false, {
          uri: document.uri,
          range: first.range,
          newText: `config={"p2p_enabled": ${word === 'autonomous' ? 'False' : 'True'}}`,
        }),
      });
    }
  }),

  documentRule('mesh-unknown-kwarg', ({ document, target, at }, report) => {
    const old = target.startsWith('1.0.');
    for (const process of declared(document, 'mesh')) {
      for (const [name, { range }] of keywords(process)) {
        if (name === 'config' || name === 'mode') continue;
        report({
          at: at(range),
          setting: name,
          ...(old ? { severity: 'error' } : {}),
          message: old
            ? `Mesh() has no argument ${name}: it raises a TypeError.`
            : `Mesh() swallows ${name}= without a word; settings belong into config={"${name}": ...}.`,
        });
      }
    }
  }),

  documentRule('join-mesh-unknown-kwarg', ({ document, at }, report) => {
    for (const process of declared(document, 'join-mesh')) {
      for (const [name, { range }] of keywords(process)) {
        if (['endpoint', 'seed_nodes', 'config'].includes(name)) continue;
        report({
          at: at(range),
          setting: name,
          message: `join_mesh() has no argument ${name}: it raises a TypeError. It takes endpoint, seed_nodes and config.`,
          fixes: fix(`Remove ${name}=`, false, removeArgument(document, process, range)),
        });
      }
    }
  }),

  documentRule('bind-port-getenv', ({ document, at }, report) => {
    if (document.processes.length === 0) return;
    for (const { name, range, value } of document.marks) {
      if (name !== 'env-read' || value === null || !['BIND_PORT', 'BIND_HOST', 'NODE_NAME', 'SEED_NODES'].includes(value))
        continue;
      report({
        at: at(range),
        setting: `JARVISCORE_${value}`,
        message: `The script reads ${value}; JarvisCore itself reads JARVISCORE_${value}, so a fleet ends up with two names for one thing.`,
        // Unsafe: whoever starts the script has to give the new name.
        fixes: document.marks.flatMap((mark) =>
          mark.name === 'env-read-name' &&
          comparePositions(mark.range.start, range.start) >= 0 &&
          comparePositions(mark.range.end, range.end) <= 0
            ? fix(`Read JARVISCORE_${value}`, false, {
                uri: document.uri,
                range: mark.range,
                newText: `JARVISCORE_${value}`,
              })
            : [],
        ),
      });
    }
  }),

  relation('mesh-p2p-implicit', (process, { extras }) => {
    const { declaration, p2pEnabled } = {
      declaration: process.process.declaration,
      p2pEnabled: process.process.ports.p2pEnabled,
    };
    if (declaration.kind !== 'mesh' || !process.complete || p2pEnabled !== true || process.written('P2P_ENABLED') !== undefined)
      return null;
    // Without any P2P setting the extra decides; only a program whose requirement has it starts P2P unasked.
    const extra = extras.has('p2p') || extras.has('all');
    const named = ['JARVISCORE_BIND_PORT', 'JARVISCORE_SEED_NODES', 'JARVISCORE_BIND_HOST'].some(
      (name) => process.written(name) !== undefined,
    );
    if (!extra && !named) return null;
    return {
      at: 'P2P_ENABLED',
      message: 'P2P starts by default when the p2p extra is installed; say "p2p_enabled" so that the file shows it.',
      fixes: fix('Add "p2p_enabled": True', false, insertMeshKey(process.process, 'p2p_enabled', 'True')),
    };
  }),

  relation('mesh-p2p-disabled-but-ports', (process, { documents }) => {
    if (
      process.bool('P2P_ENABLED') !== false ||
      process.written('P2P_ENABLED') === undefined ||
      process.process.ports.p2pEnabled !== false
    )
      return null;
    const name = ['JARVISCORE_BIND_PORT', 'JARVISCORE_SEED_NODES'].find((candidate) => process.isSet(candidate));
    return name === undefined
      ? null
      : {
          at: name,
          with: ['P2P_ENABLED'],
          message: `${name} has no effect: P2P is off for ${process.name}.`,
          fixes: fix(
            'Switch P2P on',
            false,
            setCandidate(documents, process.written('P2P_ENABLED'), { text: 'true', literal: 'True' }),
          ),
        };
  }),

  documentRule('mesh-p2p-102-mode', ({ document, at }, report) => {
    for (const process of declared(document, 'mesh')) {
      const word = literalOf((process.facts.mode ?? process.facts['#0'])?.value);
      const keys = ownAssignments(document).filter((a) => a.layer === 'mesh' && a.process === process.id);
      const p2p = keys.find((a) => ['bind_port', 'seed_nodes', 'bind_host'].includes(a.name));
      if (
        process.open ||
        (word !== 'autonomous' && word !== undefined) ||
        p2p === undefined ||
        keys.some((a) => a.name === 'p2p_enabled')
      )
        continue;
      if (word === undefined && process.facts.mode !== undefined) continue;
      report({
        at: at(p2p.nameRange),
        setting: p2p.name,
        message: `"${p2p.name}" has no effect in autonomous mode; use mode="p2p" or "p2p_enabled": True.`,
        fixes: fix('Add "p2p_enabled": True', false, insertKey(document.uri, process, 'p2p_enabled', 'True')),
      });
    }
  }),

  processRule('mesh-serve-forever-p2p', ({ process }, report) => {
    const call = mark(process, 'serve_forever');
    if (call === undefined || process.process.declaration.kind !== 'mesh' || process.process.ports.p2pEnabled !== true) return;
    if (process.written('P2P_ENABLED') === undefined) return;
    report({
      at: { uri: process.process.uri, range: call.range },
      setting: 'P2P_ENABLED',
      message: 'serve_forever() raises when P2P is on, because the mode has become "p2p"; wait for an event of your own instead.',
      related: process.relatedTo('P2P_ENABLED', 'P2P is on here'),
    });
  }),

  processRule('mesh-peers-local-only', ({ process, target }, report) => {
    const { declaration, ports } = process.process;
    if (declaration.kind !== 'mesh' || ports.p2pEnabled !== true || ports.seeds.length === 0) return;
    report({
      at: process.place,
      message: `In JarvisCore ${target} agents of a Mesh never see agents of other nodes (fixed in 1.5.0); upgrade, or use Agent.join_mesh().`,
    });
  }),

  processRule('mesh-notify-lost', ({ process, target }, report) => {
    const call = mark(process, 'notify') ?? mark(process, 'broadcast');
    if (call === undefined || process.process.ports.p2pEnabled !== true || process.process.ports.seeds.length === 0) return;
    report({
      at: { uri: process.process.uri, range: call.range },
      message: `JarvisCore ${target} does not decode ${call.name}() that arrives from another node: it is lost (fixed in 1.13.1).`,
    });
  }),

  processRule('join-mesh-endpoint-overridden', ({ process }, report) => {
    const endpoint = process.process.declaration.facts.endpoint;
    if (process.process.declaration.kind !== 'join-mesh' || endpoint === undefined) return;
    const seeds =
      process.process.declaration.facts.seed_nodes !== undefined || process.written('JARVISCORE_SEED_NODES')?.applied === true;
    if (!seeds || endpoint.value.kind === 'unknown' || literalOf(endpoint.value) === null) return;
    report({
      at: { uri: process.process.uri, range: endpoint.range },
      setting: 'JARVISCORE_SEED_NODES',
      message: 'The seed list beats endpoint=, which is ignored here.',
      related: process.relatedTo('JARVISCORE_SEED_NODES', 'The seed list'),
    });
  }),

  processRule('join-mesh-no-seed', ({ process }, report) => {
    const { declaration, uri } = process.process;
    if (declaration.kind !== 'join-mesh' || declaration.open) return;
    if (['endpoint', 'seed_nodes', '#0', '#1'].some((name) => declaration.facts[name] !== undefined)) return;
    // The shell may export either name; only a file that names one of them and leaves the launch alone is certain.
    const readsEnvironment =
      process.document?.marks.some(
        (m) =>
          (m.name === 'env-read' || m.name === 'load_dotenv') &&
          /^(JARVISCORE_(SEED_NODES|MESH_ENDPOINT)|.*env.*|)$/.test(m.value ?? ''),
      ) ?? false;
    const exported = ['JARVISCORE_SEED_NODES', 'JARVISCORE_MESH_ENDPOINT'].some((name) => {
      const written = process.written(name);
      return (
        written !== undefined && written.origin.kind !== 'mesh-config' && written.applied === true && written.origin.uri === uri
      );
    });
    if (readsEnvironment || exported) return;
    const inFile = process.written('JARVISCORE_SEED_NODES') ?? process.written('JARVISCORE_MESH_ENDPOINT');
    if (inFile === undefined) return;
    report({
      at: process.place,
      setting: 'JARVISCORE_SEED_NODES',
      message: `join_mesh() takes its seed from an argument or the process environment; the ${inFile.origin.kind === 'mesh-config' ? 'dict' : '.env file'} alone does not count, and it raises.`,
      related: process.relatedTo('JARVISCORE_SEED_NODES', 'Not read by join_mesh()'),
    });
  }),

  processRule('mesh-config-overrides-env', ({ process }, report) => {
    for (const setting of process.spoken) {
      const { winner, chain } = setting;
      if (winner.origin.kind !== 'mesh-config' || winner.assignment === null || winner.origin.uri === null) continue;
      const hidden = chain.find(
        (candidate) =>
          candidate !== winner &&
          candidate.origin.kind !== 'default' &&
          candidate.applied === true &&
          candidate.assignment !== null,
      );
      if (hidden?.assignment == null || hidden.origin.uri === null || winner.typed === undefined || winner.typed === hidden.typed)
        continue;
      report({
        at: { uri: winner.origin.uri, range: winner.assignment.nameRange },
        setting: setting.meshKey ?? setting.name,
        message: `The dict wins over ${setting.name} of the environment, which has another value.`,
        related: [
          {
            uri: hidden.origin.uri,
            range: hidden.assignment.valueRange ?? hidden.assignment.nameRange,
            message: 'Hidden by the Mesh dict',
          },
        ],
      });
    }
  }),
];
