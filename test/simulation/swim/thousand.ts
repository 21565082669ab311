/**
 * A large fleet for 120 virtual seconds with one crash, as a program of its own: its figures are those of the simulator
 * and the core alone. Prints one line of JSON.
 *
 *   node thousand.ts [NODES]
 */
import { crashOne, missing, startTogether } from './scale.ts';

const count = Number(process.argv[2] ?? 1_000);
const fleet = startTogether(count, 1);
const joinedMs = fleet.world.until(() => missing(fleet) === 0, 5_000);
fleet.world.run(60_000 - fleet.world.now.monotonicMs);
const calmChanges = fleet.world.changes.length;
const victim = fleet.all[617 % count] ?? '';
const seen = crashOne(fleet, victim, 20_000);
// The virtual clock starts at one second.
fleet.world.run(121_000 - fleet.world.now.monotonicMs);
const { user, system } = process.cpuUsage();
const result = {
  joinedMs,
  calmChanges,
  seen,
  missing: missing(fleet, [victim]),
  packets: fleet.world.packets,
  cpuSeconds: (user + system) / 1e6,
  clockSeconds: performance.now() / 1_000,
};
console.log(JSON.stringify(result));
