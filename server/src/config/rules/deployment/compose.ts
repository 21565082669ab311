/** What a compose file publishes, passes on and keeps. */
import { settings } from '#schemas/settings/catalogue.ts';
import { interpolationFiles } from '../../model/composeFilling.ts';
import type { DeploymentUnit, PublishedPort } from '../../model/deployment.ts';
import type { Fix, SourceDocument, WorkspaceModel } from '../../model/types.ts';
import { fix } from '../fixes.ts';
import { notableNames } from '../names/environmentNames.ts';
import { setCandidate } from '../processFixes.ts';
import type { ProcessView } from '../processView.ts';
import { fleetRule, processRule, type Rule, workspaceRule } from '../rule.ts';
import { settingOfVariable } from '../settingIndex.ts';
import { insideCluster, openServicePorts } from './kubernetes.ts';
import { rewrittenPort } from './shortForms.ts';
import { unitOf, unitsOf, wholeOf, wholeUnit } from './units.ts';

function covers(port: PublishedPort, number: number): boolean {
  return port.containerFrom !== null && port.containerTo !== null && port.containerFrom <= number && number <= port.containerTo;
}

const everyAddress = new Set(['0.0.0.0', '::', '*', '']);

function isPublic({ hostIp }: PublishedPort): boolean {
  return hostIp === null || everyAddress.has(hostIp);
}

/** The env file compose fills `${NAME}` in from: of an included file the one its `include` names. */
function envBeside(document: SourceDocument, model: WorkspaceModel): SourceDocument | undefined {
  return interpolationFiles(document, model)[0];
}

/** A value of the file that is not empty. */
function gives(document: SourceDocument, name: string): boolean {
  return document.assignments.some(({ name: own, value }) => {
    if (own !== name || value.kind === 'absent') return false;
    if (value.kind === 'secret') return value.facts.state !== 'empty';
    return value.kind !== 'text' || value.text !== '';
  });
}

/** Names an application sets, not those of the bundled stack's containers. */
const applicationNames = new Set(
  settings.flatMap(({ envName, status }) =>
    envName !== null && (status === 'active' || status === 'deprecated') ? [envName] : [],
  ),
);

function portEdit(uri: string, { range }: PublishedPort, newText: string | null): readonly Fix[] {
  return fix('Publish on 127.0.0.1 only', false, newText === null ? null : { uri, range, newText });
}

/** The same port for UDP, as an item of its own below. */
function addedPort({ document, process: { uri } }: ProcessView, tcp: PublishedPort): readonly Fix[] {
  const text = rewrittenPort(tcp, { protocol: 'udp' });
  const { start, end } = tcp.range;
  if (text === null || document?.writing?.ownLines.has(start.line) !== true) return [];
  const item = `\n${' '.repeat(Math.max(0, start.character - 2))}- ${text}`;
  return fix('Publish it for UDP as well', false, { uri, range: { start: end, end }, newText: item });
}

/** One more line in the environment of a service. */
function passedOn({ uri, processes }: SourceDocument, unit: string | undefined, key: string): readonly Fix[] {
  const insertion = processes.find(({ id }) => id === unit)?.insertion ?? null;
  const newText = insertion === null ? '' : `${insertion.prefix}${key}: $${`{${key}}`}${insertion.suffix}`;
  return fix(`Pass ${key} on`, false, insertion === null ? null : { uri, range: insertion.at, newText });
}

/** Gives a Redis service that has neither command nor volumes both; what a person wrote there is theirs to change. */
function keptOnDisk(document: SourceDocument, unit: DeploymentUnit): readonly Fix[] {
  const [key] = unit.options['image-key'] ?? [];
  const server = /(?:^|\/)(redis|valkey)(?=[:@]|$)/.exec(unit.image?.text ?? '')?.[1];
  const appends = unit.command === null || /appendonly\s+yes/.test(unit.command.text);
  if (key === undefined || server === undefined || !appends || unit.mounts.length > 0) return [];
  const indent = ' '.repeat(key.range.start.character);
  const { start } = key.range;
  const command = unit.command === null ? [`command: ${server}-server --appendonly yes`] : [];
  const lines = [...command, 'volumes:', '  - ./redis-data:/data'];
  const newText = `${lines.join(`\n${indent}`)}\n${indent}`;
  return fix('Keep its data in ./redis-data', false, { uri: document.uri, range: { start, end: start }, newText });
}

export const composeRules: readonly Rule[] = [
  workspaceRule('p2p-port-exposed', ({ model, processes }, report) => {
    for (const view of processes) {
      const unit = unitOf(view);
      const { swim, zmq, p2pEnabled } = view.process.ports;
      if (unit?.kind !== 'compose-service' || p2pEnabled === false) continue;
      for (const port of unit.ports) {
        const kind = swim !== null && covers(port, swim) ? 'SWIM' : zmq !== null && covers(port, zmq) ? 'ZMQ' : null;
        if (kind === null || !isPublic(port)) continue;
        report({
          at: { uri: view.process.uri, range: port.range },
          setting: 'JARVISCORE_BIND_PORT',
          message: `The ${kind} port ${kind === 'SWIM' ? swim : zmq} of ${view.name} is published on every address of the host, and the protocol has neither authentication nor encryption: publish it on a private address only (127.0.0.1:... or that of the internal network).`,
          fixes: portEdit(view.process.uri, port, rewrittenPort(port, { hostIp: '127.0.0.1' })),
        });
      }
    }
    for (const open of openServicePorts(model, processes)) {
      const { document, service, port, kind } = open;
      report({
        at: { uri: document.uri, range: port.range },
        setting: 'JARVISCORE_BIND_PORT',
        message: `The Service ${service.name} (${service.type}) opens the ${kind} port ${port.containerFrom} to the outside, and the protocol has neither authentication nor encryption: keep it inside the cluster.`,
        fixes: insideCluster(open, model, processes),
      });
    }
  }),

  processRule('compose-udp-not-published', ({ process: view }, report) => {
    const unit = unitOf(view);
    const { swim, zmq, p2pEnabled } = view.process.ports;
    if (unit?.kind !== 'compose-service' || p2pEnabled === false || swim === null) return;
    const tcp = unit.ports.find((port) => port.protocol === 'tcp' && covers(port, swim));
    if (tcp === undefined) return;
    const all = wholeOf(view)?.ports ?? unit.ports;
    const lacks = [
      ...(all.some((port) => port.protocol === 'udp' && covers(port, swim)) ? [] : [`${swim}/udp`]),
      ...(zmq === null || all.some((port) => port.protocol === 'tcp' && covers(port, zmq)) ? [] : [`${zmq}/tcp (ZMQ)`]),
    ];
    if (!lacks.some((lack) => lack.endsWith('/udp'))) return;
    report({
      at: { uri: view.process.uri, range: tcp.range },
      setting: 'JARVISCORE_BIND_PORT',
      message: `This publishes ${swim} for TCP alone. A node outside this compose network also needs ${lacks.join(' and ')} to join.`,
      fixes: addedPort(view, tcp),
    });
  }),

  fleetRule('compose-seed-includes-self', ({ fleet, documents }, report) => {
    for (const { view, seeds, swim, host } of fleet.nodes) {
      const { declaration, hosts } = view.process;
      if (declaration.kind !== 'compose-service') continue;
      const names = new Set([declaration.name, ...hosts]);
      // Its bind address is `seed-self`, which swim skips by itself.
      const self = seeds.find((seed) => seed.port === swim && seed.host !== host && names.has(seed.host));
      if (self === undefined) continue;
      const rest = seeds.filter((seed) => seed !== self).map((seed) => seed.text);
      const edit =
        rest.length === 0
          ? null
          : setCandidate(documents, view.written('JARVISCORE_SEED_NODES'), {
              text: rest.join(','),
              literal: JSON.stringify(rest.join(',')),
            });
      report({
        at: view.placeOf('JARVISCORE_SEED_NODES'),
        setting: 'JARVISCORE_SEED_NODES',
        message: `${self.text} is this service itself: members are told apart by the literal address, so it becomes a member that never answers.`,
        fixes: fix(`Remove ${self.text}`, false, edit),
      });
    }
  }),

  workspaceRule('compose-required-unset', ({ model }, report) => {
    for (const document of model.documents.values()) {
      if (document.kind !== 'compose') continue;
      // Without the file the values come from the shell or from --env-file, which nobody can see here.
      const beside = envBeside(document, model);
      if (beside === undefined) continue;
      const fillFiles = interpolationFiles(document, model);
      for (const { name, operator, range } of document.deployment?.interpolations ?? []) {
        if (!operator.includes('?') || settingOfVariable(name) === undefined || fillFiles.some((file) => gives(file, name)))
          continue;
        report({
          at: { uri: document.uri, range },
          setting: name,
          message: `Compose stops without ${name}, and ${beside.name} does not set it.`,
          related: [
            {
              uri: beside.uri,
              range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
              message: `No ${name} here`,
            },
          ],
        });
      }
    }
  }),

  workspaceRule('compose-var-not-passed', ({ model }, report) => {
    for (const document of model.documents.values()) {
      const units =
        document.kind === 'compose' ? (document.deployment?.units.filter(({ framework }) => framework === 'yes') ?? []) : [];
      const beside = units.length === 0 ? undefined : envBeside(document, model);
      if (beside === undefined) continue;
      // Somebody who reads the whole file gets every value: `env_file`, or a program started beside it.
      const readers = (model.envFileReaders.get(beside.uri) ?? []).filter(({ uri }) => uri !== beside.uri);
      if (
        readers.some(({ range, dialect }) => dialect === 'python-dotenv' || (range !== null && dialect !== 'compose')) ||
        units.some(({ envFiles }) => envFiles.length > 0)
      )
        continue;
      const used = new Set((document.deployment?.interpolations ?? []).map(({ name }) => name));
      const listed = new Set(units.flatMap(({ assignments }) => assignments.map(({ name }) => name)));
      for (const { key, range, assignment, setting } of notableNames(beside)) {
        if (assignment === null || setting === undefined || used.has(key) || listed.has(key) || !applicationNames.has(key))
          continue;
        report({
          at: { uri: beside.uri, range },
          setting: key,
          message: `Compose fills \${...} in from ${beside.name} and passes nothing else on: no service of ${document.name} lists ${key}, so no container gets it.`,
          fixes: units.length === 1 ? passedOn(document, units[0]?.id, key) : [],
          related: units.slice(0, 10).map((unit) => ({ uri: document.uri, range: unit.range, message: unit.name })),
        });
      }
    }
  }),

  workspaceRule('redis-no-persistence', ({ model, processes }, report) => {
    if (!processes.some((view) => view.isSet('REDIS_URL'))) return;
    for (const { document, unit } of unitsOf(model)) {
      if (
        unit.kind !== 'compose-service' ||
        unit.image === null ||
        !/(^|\/)(redis|valkey)(-stack(-server)?)?(:|@|$)/.test(unit.image.text)
      )
        continue;
      const whole = wholeUnit({ document, unit }, model);
      if (whole === null) continue;
      const command = whole.command?.text ?? '';
      const volume = whole.mounts.some(({ source, target }) => source !== null && /^\/data\/?$/.test(target));
      const saves = /appendonly\s+yes/.test(command) || !/--save\s+(""|''|$)/.test(command);
      if (volume && saves) continue;
      report({
        at: { uri: document.uri, range: unit.image.range },
        setting: 'REDIS_URL',
        message: volume
          ? `${unit.name} is told to save nothing: workflows, mailboxes and memory are gone after a restart. Add "--appendonly yes".`
          : `${unit.name} has no volume at /data: workflows, mailboxes and memory are gone with its container. Mount one, and add "--appendonly yes".`,
        fixes: keptOnDisk(document, unit),
      });
    }
  }),
];
