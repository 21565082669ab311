/** What `readiness` and `explain` print as JSON: a list of these. */
export interface Item {
  readonly item: string;
  readonly status: string;
  readonly evidence: readonly { readonly file: string; readonly line: number }[];
  readonly message: string;
  readonly remedy: string | null;
}
