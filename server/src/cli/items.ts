/** What `readiness` and `explain` print as JSON: a list of these. */
export interface Item extends Told {
  readonly item: string;
}

/** What `doctor` prints as JSON: a list of these, the steps of one node after those of the other. */
export interface StepItem extends Told {
  readonly step: string;
}

interface Told {
  readonly status: string;
  readonly evidence: readonly { readonly file: string; readonly line: number }[];
  readonly message: string;
  readonly remedy: string | null;
}
