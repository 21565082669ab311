/** What is new, least often told first: the SWIM paper's piggyback buffer. */
import type { MemberRecord } from './record.ts';

export class News {
  /** By how often they were told. */
  private tiers: Set<MemberRecord>[] = [];
  private readonly tierOf = new Map<MemberRecord, number>();

  add(record: MemberRecord): void {
    this.remove(record);
    this.put(record, 0);
  }

  /** Those to tell, in order, until `take` refuses one; a taken one has `repeats` tellings at most. */
  tell(repeats: number, take: (record: MemberRecord) => boolean): void {
    const taken: MemberRecord[] = [];
    search: for (const tier of this.tiers) {
      for (const record of tier) {
        if (!take(record)) break search;
        taken.push(record);
      }
    }
    for (const record of taken) {
      const told = (this.tierOf.get(record) ?? 0) + 1;
      this.remove(record);
      if (told < repeats) this.put(record, told);
    }
  }

  clear(): void {
    this.tiers = [];
    this.tierOf.clear();
  }

  private put(record: MemberRecord, told: number): void {
    while (this.tiers.length <= told) this.tiers.push(new Set());
    this.tiers[told]?.add(record);
    this.tierOf.set(record, told);
  }

  private remove(record: MemberRecord): void {
    const told = this.tierOf.get(record);
    if (told === undefined) return;
    this.tiers[told]?.delete(record);
    this.tierOf.delete(record);
  }
}
