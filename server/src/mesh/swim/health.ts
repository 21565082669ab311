/**
 * Local health, after Lifeguard (Dadgar et al., "SWIM-ing with situational awareness"): a node whose own clock ticks
 * come late, or whose helpers do not even answer "unreachable", doubts itself before it doubts others.
 */
const WORST = 8;

export class Health {
  private value = 0;
  private complained = false;

  /** 0 is healthy. */
  get score(): number {
    return this.value;
  }

  /** What our probe deadlines and suspicion times are multiplied with. */
  get stretch(): number {
    return 1 + this.value;
  }

  /** Our own process was stopped or busy for `lateMs` past a deadline (a laptop asleep counts once, not by the hour). */
  stalled(lateMs: number): void {
    this.worsen(lateMs >= 1_000 ? 2 : 1);
  }

  /** A probe failed and not one helper said anything: perhaps nobody hears us. */
  unheard(): void {
    this.worsen(1);
  }

  /** A protocol round is over; one without a complaint heals one step. */
  round(): void {
    if (!this.complained) this.value = Math.max(0, this.value - 1);
    this.complained = false;
  }

  private worsen(by: number): void {
    this.complained = true;
    this.value = Math.min(WORST, this.value + by);
  }
}
