/** How far other nodes' wall clocks are off, told from the timestamps they send anyway. */

/** A packet that was long under way makes a clock look slow: the best of the last few counts. */
const SAMPLES = 8;
const MEMBERS = 4_096;

export class Clocks {
  private readonly samples = new Map<string, number[]>();

  /**
   * @param timestamp Seconds of the sender's wall clock when it sent the packet.
   * @param wallMs Ours when that was, or as soon after it as can be known.
   */
  heard(address: string, timestamp: number, wallMs: number): void {
    let samples = this.samples.get(address);
    if (samples === undefined) {
      samples = [];
      if (this.samples.size >= MEMBERS) this.samples.clear();
      this.samples.set(address, samples);
    }
    if (samples.push(timestamp * 1_000 - wallMs) > SAMPLES) samples.shift();
  }

  forget(address: string): void {
    this.samples.delete(address);
  }

  /** Its wall clock minus ours, milliseconds; null: not measured. */
  offsetMs(address: string): number | null {
    const samples = this.samples.get(address);
    return samples === undefined ? null : Math.max(...samples);
  }
}
