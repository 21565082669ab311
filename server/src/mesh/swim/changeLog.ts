/** Members in the order in which gossip about them last changed: what is new is found without looking at what is not. */
import type { MemberRecord } from './record.ts';

/** Stale places kept before the log is written anew. */
const SLACK = 64;

export class ChangeLog {
  private places: (MemberRecord | null)[] = [];
  private used = 0;

  /** `record` has just changed. */
  add(record: MemberRecord): void {
    this.remove(record);
    if (this.places.length > 2 * this.used + SLACK) this.compact();
    record.logIndex = this.places.push(record) - 1;
    this.used += 1;
  }

  remove(record: MemberRecord): void {
    if (record.logIndex === -1) return;
    this.places[record.logIndex] = null;
    record.logIndex = -1;
    this.used -= 1;
  }

  /** Those whose `changedAt` is above `version`, the oldest change first. */
  after(version: number): MemberRecord[] {
    const found: MemberRecord[] = [];
    for (let index = this.places.length - 1; index >= 0; index -= 1) {
      const record = this.places[index];
      if (record === undefined || record === null) continue;
      if (record.changedAt <= version) break;
      found.push(record);
    }
    return found.reverse();
  }

  private compact(): void {
    const kept: MemberRecord[] = [];
    for (const record of this.places) if (record !== null) record.logIndex = kept.push(record) - 1;
    this.places = kept;
  }
}
