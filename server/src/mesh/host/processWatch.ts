/** Looks after silent members on this machine: does their process stand stopped? */
import type { LocalProcess, RosterDelta } from '#schemas/fleet/mesh.ts';
import { findLocalProcess } from './localProcess.ts';

const lookMs = 2_000;
/** A crash of a large local fleet must not keep the host reading /proc. */
const maxWatched = 32;

export interface ProcessWatch {
  /** Members whose answers our own probes miss are looked after. */
  follow(delta: Pick<RosterDelta, 'peers' | 'removed'>): void;
  stop(): void;
}

/** @param tell What is known now; null: nothing, or the member answers again. */
export function createProcessWatch(
  tell: (address: string, process: LocalProcess | null) => void,
  find: (address: string) => Promise<LocalProcess | null> = findLocalProcess,
): ProcessWatch {
  const watched = new Set<string>();
  const told = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let looking = false;

  function clear(address: string): void {
    if (told.delete(address)) tell(address, null);
  }

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    // A set is walked to its end even while it grows.
    for (const address of watched) {
      const process = await find(address);
      if (!watched.has(address)) continue;
      if (process === null) clear(address);
      else {
        told.add(address);
        tell(address, process);
      }
      // No socket any more: the process is gone, and a new one would speak for itself.
      if (process === null) watched.delete(address);
    }
    looking = false;
    if (watched.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  }

  function member(address: string, silent: boolean): void {
    if (!silent) {
      watched.delete(address);
      clear(address);
      return;
    }
    if (watched.has(address) || watched.size >= maxWatched) return;
    watched.add(address);
    timer ??= setInterval(() => void look(), lookMs);
    void look();
  }

  return {
    follow(delta) {
      for (const peer of delta.peers) member(peer.id, peer.localOpinion !== null && peer.state !== 'alive');
      for (const id of delta.removed) member(id, false);
    },
    stop() {
      told.clear();
      watched.clear();
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
