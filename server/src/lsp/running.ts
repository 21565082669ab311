/** Requests about starting what is declared, and about examining it. */
import { type CancellationToken, type Connection, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { diagnoseRequest, type RunPlan, runPlansRequest } from '#schemas/editor/running.ts';
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import type { WorkspaceModel } from '../config/model/types.ts';
import { examine } from '../doctor/doctor.ts';
import type { KnownRoster } from '../doctor/meshJudge.ts';
import { declaredTarget, namedTarget, type Target } from '../doctor/targets.ts';
import { type DeclaredMember, declaredMembers, splitAddress } from '../fleet/declared.ts';
import { doctorText } from '../report/doctor.ts';
import { choose, nodesOf, type Runnable } from '../run/choose.ts';
import { collisions, portProblems, type WantedPorts } from '../run/ports.ts';
import { prepare } from '../run/prepare.ts';
import { innermost, nameWithin, pathOf } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Answers } from './answer.ts';
import { serve } from './messages.ts';

export interface RunningOptions {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly answers: Answers;
  readonly trusted: () => boolean;
  readonly view: () => FleetView;
}

export function serveRunning({ connection, workspace, answers, trusted, view }: RunningOptions): void {
  serve(connection, diagnoseRequest, async ({ rows, addresses }, token) => {
    refuseUntrusted(trusted, 'no socket is opened');
    const members = await answers.workspace('Doctor', token, async () => declaredMembers(workspace.models()));
    const declared = (members ?? []).map(declaredTarget);
    const targets = targetsOf(rows, addresses, members ?? [], view());
    const diagnoses = await cancellable(token, (signal) => examine(targets, { declared, roster: rosterOf(view()), signal }));
    const roots = workspace.models().flatMap((model) => model.roots);
    const text = doctorText(diagnoses, { color: false, fileOf: (uri) => nameWithin(roots, uri) });
    return { diagnoses: [...diagnoses], text: `${text}\n` };
  });
  serve(connection, runPlansRequest, async ({ processes }, token) => {
    refuseUntrusted(trusted, 'nothing is started');
    const models = (await answers.workspace('Run', token, async () => workspace.models())) ?? [];
    return plansFor(processes, models);
  });
}

function refuseUntrusted(trusted: () => boolean, consequence: string): void {
  if (trusted()) return;
  const message = `The workspace is not trusted, so ${consequence}. Trust it first (command "Workspaces: Manage Workspace Trust").`;
  throw new ResponseError(LSPErrorCodes.RequestFailed, message);
}

async function cancellable<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const subscription = token.onCancellationRequested(() => stop.abort());
  try {
    return await work(stop.signal);
  } catch (error) {
    if (stop.signal.aborted) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The examination was cancelled.');
    throw error;
  } finally {
    subscription.dispose();
  }
}

function rosterOf({ node, peers }: FleetView): KnownRoster | null {
  if (node.phase !== 'running' || node.self === null) return null;
  return { self: node.self, peers: peers.filter((peer) => peer.seen && peer.other === undefined) };
}

/** A row stands for the node at its live address, else for what the files declare. */
function targetsOf(
  rows: readonly string[] | null,
  addresses: readonly string[],
  members: readonly DeclaredMember[],
  view: FleetView,
): readonly Target[] {
  const named = addresses.map((address) => {
    const target = namedTarget(address, null);
    if (target === null) throw new ResponseError(ErrorCodes.InvalidParams, `${address} is not HOST:PORT.`);
    return target;
  });
  if (rows === null) return [...members.map((member) => targetOf(member, view.peers.find(isFor(member)))), ...named];
  const found = rows.flatMap((id): readonly Target[] => {
    const peer = view.peers.find((one) => one.id === id);
    if (peer === undefined) return [];
    const member = members.find((one) => isFor(one)(peer));
    if (member !== undefined) return [targetOf(member, peer)];
    const live = peer.address === null ? null : namedTarget(peer.address, peer.id, peer.name ?? peer.address);
    return live === null ? [] : [live];
  });
  return [...found, ...named];
}

function isFor({ process }: DeclaredMember): (peer: FleetPeer) => boolean {
  return (peer) => peer.declared?.process === process.id;
}

function targetOf(member: DeclaredMember, peer: FleetPeer | undefined): Target {
  const target = { ...declaredTarget(member), row: peer?.id ?? member.declaration.rowId };
  // The files do not tell an address, and the mesh does.
  const live = target.port === null && peer?.address != null ? splitAddress(peer.address) : null;
  if (live === null) return target;
  return { ...target, ...live, zmqPort: target.offset === null ? null : live.port + target.offset };
}

async function plansFor(ids: readonly string[] | null, models: readonly WorkspaceModel[]) {
  const every = models.flatMap((model) => model.processes.map((process) => ({ process, model })));
  const wanted = ids === null ? nodesOf(models) : every.filter(({ process }) => ids.includes(process.id));
  const asked: WantedPorts[] = [];
  const plans = await Promise.all(
    wanted.map(async (runnable): Promise<RunPlan> => {
      const { plan, ports } = planOf(runnable, models);
      if (ports === null) return plan;
      asked.push(ports);
      return { ...plan, problems: [...plan.problems, ...(await portProblems(ports))] };
    }),
  );
  return { plans, collisions: [...collisions(asked)] };
}

function planOf(runnable: Runnable, models: readonly WorkspaceModel[]): { plan: RunPlan; ports: WantedPorts | null } {
  const { process: declared, model } = runnable;
  const root = innermost(model.roots, declared.uri) ?? declared.uri.slice(0, declared.uri.lastIndexOf('/'));
  const folder = pathOf(root);
  const base = { process: declared.id, name: declared.name, file: nameWithin(model.roots, declared.uri), folder: folder ?? '' };
  if (folder === null) return { plan: { ...base, arguments: null, problems: ['Its folder is not on this disk.'] }, ports: null };
  const prepared = prepare(runnable, { root: folder, surrounding: process.env, command: [] });
  if (!prepared.ok) {
    const problem = `${prepared.name} cannot be started here: ${prepared.why} Instead: ${prepared.instead}`;
    return { plan: { ...base, arguments: null, problems: [problem] }, ports: null };
  }
  const byName = choose(models, declared.name);
  const alone = byName.kind === 'one' && byName.runnable.process === declared;
  const selector = alone ? declared.name : declared.id;
  return { plan: { ...base, arguments: ['run', folder, '--process', selector], problems: [] }, ports: prepared.ports };
}
