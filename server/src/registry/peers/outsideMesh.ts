/** What a node outside the mesh has not: the mesh's own facts, absent in one place for both kinds. */
export const outsideMesh = {
  incarnation: null,
  observedBy: null,
  keepalive: null,
  zmqAddress: null,
  keepalivePhase: 'disabled',
  localOpinion: null,
} as const;

/** @param wallMs Milliseconds since 1970. */
export const iso = (wallMs: number): string => new Date(wallMs).toISOString();
