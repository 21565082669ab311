/** Why a goal of docs/performance.md is missed, by how much and what would be needed: row of the benchmark -> text. */
export const performanceNotes: Readonly<Record<string, string>> = {};
