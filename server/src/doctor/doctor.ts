/** Examines nodes: what the configuration says, what the network says, what the mesh says. Never joins, never bridges. */
import type { Diagnosis, StepResult } from '#schemas/fleet/doctor.ts';
import { judgeClock, judgeFleet, judgeIdentity, judgeMesh, judgeRoles, type KnownRoster, type Round } from './meshJudge.ts';
import type { Observation } from './observation.ts';
import { type Address, observe } from './probe.ts';
import { judgeConfig, judgeName, judgeTcp, judgeUdp, judgeZmq, skipped } from './reachJudge.ts';
import { addressOf, comparable, type Target } from './targets.ts';
import { type Clock, systemClock } from './udpProbe.ts';

export interface DoctorOptions {
  /** The declared nodes, also those that are not examined: their addresses tell whose fleet a node is in. */
  readonly declared: readonly Target[];
  /** Of our own node; null while it does not run. */
  readonly roster: KnownRoster | null;
  readonly signal?: AbortSignal;
  /** For each question; 2 s by default. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  /** Called after each node. */
  readonly onProgress?: (done: number, total: number) => void;
}

const defaultTimeoutMs = 2_000;
/** Nodes examined at once. */
const width = 16;

/**
 * @returns one diagnosis per target, in their order.
 * @throws the reason of `signal` once it is aborted.
 */
export async function examine(targets: readonly Target[], options: DoctorOptions): Promise<readonly Diagnosis[]> {
  const signal = options.signal ?? new AbortController().signal;
  const clock = options.clock ?? systemClock;
  const offsets = [...new Set(options.declared.flatMap(({ offset }) => offset ?? []))];
  const probing = { timeoutMs: options.timeoutMs ?? defaultTimeoutMs, clock, signal, offsets };
  const observations = new Array<Observation | null>(targets.length).fill(null);
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < targets.length && !signal.aborted; index = next++) {
      const target = targets[index];
      const address = target === undefined ? null : placed(target);
      if (address !== null) observations[index] = await observe(address, probing);
      options.onProgress?.(++done, targets.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, targets.length) }, worker));
  signal.throwIfAborted();
  const round = roundOf(targets, observations, options);
  const asOf = new Date(clock.wallMs()).toISOString();
  return targets.map((target, index): Diagnosis => {
    const { row, name } = target;
    return { row, name, address: addressOf(target), steps: judge(target, observations[index] ?? null, round), asOf };
  });
}

/** The target where it can be asked at all. */
function placed(target: Target): Address | null {
  const { host, port } = target;
  return host === null || port === null || port > 65_535 || port < 1 ? null : { ...target, host, port };
}

function roundOf(targets: readonly Target[], observations: readonly (Observation | null)[], options: DoctorOptions): Round {
  const declared = options.declared.flatMap((target) => [addressOf(target) ?? [], target.seeds].flat());
  return {
    seen: targets.flatMap((target, index) => {
      const observation = observations[index];
      return observation == null ? [] : [{ target, observation }];
    }),
    declared: new Set(declared.map(comparable)),
    roster: options.roster,
  };
}

/** All steps of one node, in order. */
export function judge(target: Target, observation: Observation | null, round: Round): StepResult[] {
  const config = judgeConfig(target);
  if (observation === null) {
    const rest = ['name', 'udp', 'tcp', 'zmq', 'identity', 'clock', 'fleet', 'mesh', 'roles'] as const;
    return [config, ...rest.map((step) => skipped(step, 'Its address is not known.'))];
  }
  const name = judgeName(target, observation);
  if (name.status === 'fail') {
    const rest = ['udp', 'tcp', 'zmq', 'identity', 'clock', 'fleet', 'mesh', 'roles'] as const;
    return [config, name, ...rest.map((step) => skipped(step, 'Its name does not resolve.'))];
  }
  return [
    config,
    name,
    judgeUdp(target, observation),
    judgeTcp(target, observation),
    judgeZmq(target, observation),
    judgeIdentity(target, observation),
    judgeClock(observation),
    judgeFleet(target, observation, round),
    judgeMesh(target, observation, round),
    judgeRoles(target, observation, round),
  ];
}
