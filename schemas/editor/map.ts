/**
 * What crosses between the extension and the fleet map's page, both ways. By zod/mini: the page carries its own copy of
 * the library, and the whole one is several times as large as the page.
 */
import * as z from 'zod/mini';

/** A peer's state as it is drawn; `unseen` is declared and never seen, `self` the local node of the window. */
export const mapStateSchema = z.enum(['alive', 'suspect', 'dead', 'left', 'offline', 'unknown', 'unseen', 'self']);
export type MapState = z.infer<typeof mapStateSchema>;

export const mapNodeSchema = z.object({
  /** Peer id; the local node's address for `self`. */
  id: z.string(),
  label: z.string(),
  state: mapStateSchema,
  /** The state in the person's language. */
  word: z.string(),
  /** What it is grouped by: the host part of its address; '' where that is unknown. */
  host: z.string(),
  address: z.string(),
  roles: z.array(z.string()),
  /** Time of day since when; '' where unknown. */
  since: z.string(),
  /** Why it has its state; '' where there is nothing to say. */
  reason: z.string(),
  /** Names of those who suspect it or hold it dead. */
  accusers: z.array(z.string()),
  /** All of it as a full sentence, for a screen reader. */
  sentence: z.string(),
  /** Whether the sidebar has a row for it. */
  row: z.boolean(),
  /** Whether a file declares it. */
  declared: z.boolean(),
});
export type MapNode = z.infer<typeof mapNodeSchema>;

export const mapEdgeKindSchema = z.enum([
  /** Our own node has it as a member. */
  'member',
  /** Source says that target is suspect. */
  'suspects',
  /** Source says that target is dead. */
  'dead',
  /** Target does not answer our own probes, though the fleet holds it alive. */
  'silent',
]);
export type MapEdgeKind = z.infer<typeof mapEdgeKindSchema>;

export const mapEdgeSchema = z.object({
  id: z.string(),
  source: z.string(),
  target: z.string(),
  kind: mapEdgeKindSchema,
  /** "researcher-01 suspects coder-01." */
  sentence: z.string(),
});
export type MapEdge = z.infer<typeof mapEdgeSchema>;

/** A stretch of time in which a node had one state. */
export const mapSpanSchema = z.object({
  id: z.string(),
  node: z.string(),
  state: mapStateSchema,
  word: z.string(),
  /** Milliseconds since 1970. */
  from: z.number(),
  /** Null: until now. */
  to: z.nullable(z.number()),
  reason: z.string(),
});
export type MapSpan = z.infer<typeof mapSpanSchema>;

/** A message of our node to or from a node. */
export const mapMessageSchema = z.object({
  id: z.string(),
  node: z.string(),
  direction: z.enum(['sent', 'received']),
  /** As on the wire: `PEER_REQUEST`. */
  type: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  failed: z.boolean(),
  /** "sent PEER_REQUEST, 312 bytes, acknowledged after 4 ms" */
  sentence: z.string(),
});
export type MapMessage = z.infer<typeof mapMessageSchema>;

function changes<T extends z.core.$ZodType>(item: T) {
  return z.object({
    /** New or changed ones, whole. */
    put: z.array(item),
    /** Ids of those that are gone. */
    drop: z.array(z.string()),
  });
}
export interface Changes<T> {
  put: T[];
  drop: string[];
}

export const mapHeaderSchema = z.object({
  /** "4 of 5 alive", or why there is nothing to see. */
  summary: z.string(),
  /** True: the local node is a member, so the map is live. */
  live: z.boolean(),
  /** Nodes that are not drawn because there are too many; 0: none. */
  hidden: z.number(),
});
export type MapHeader = z.infer<typeof mapHeaderSchema>;

/** Extension -> page. */
export const toMapSchema = z.discriminatedUnion('type', [
  /** The first answer to `ready`. */
  z.object({
    type: z.literal('init'),
    /** BCP 47. */
    language: z.string(),
    /** Translations of the page's own texts; null: English. */
    texts: z.nullable(z.record(z.string(), z.string())),
  }),
  z.object({
    type: z.literal('update'),
    /** True: forget everything before. */
    fresh: z.boolean(),
    header: mapHeaderSchema,
    nodes: changes(mapNodeSchema),
    edges: changes(mapEdgeSchema),
    spans: changes(mapSpanSchema),
    messages: changes(mapMessageSchema),
  }),
  z.object({
    type: z.literal('details'),
    id: z.string(),
    facts: z.array(z.tuple([z.string(), z.string()])),
  }),
]);
export type ToMap = z.infer<typeof toMapSchema>;

/** Largest export that is taken from the page, characters. */
const LARGEST_EXPORT = 32 * 1024 * 1024;

/** Page -> extension. */
export const fromMapSchema = z.discriminatedUnion('type', [
  /** The page listens. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('details'), id: z.string() }),
  /** Show the node's row in the sidebar. */
  z.object({ type: z.literal('reveal'), id: z.string() }),
  /** Open the line that declares the node. */
  z.object({ type: z.literal('openConfiguration'), id: z.string() }),
  /** `data`: the file's text for SVG, base64 for PNG. */
  z.object({ type: z.literal('export'), format: z.enum(['svg', 'png']), data: z.string().check(z.maxLength(LARGEST_EXPORT)) }),
  /** Something the page could not do, for the log. */
  z.object({ type: z.literal('problem'), text: z.string().check(z.maxLength(4_000)) }),
]);
export type FromMap = z.infer<typeof fromMapSchema>;

/** What the page keeps over a reload of the window (`acquireVsCodeApi().setState`). */
export const mapPageStateSchema = z.object({
  layout: z.enum(['ring', 'host']),
  table: z.boolean(),
  selected: z.nullable(z.string()),
  /** Zoom of the map: scale and translation, in the map's own units. */
  zoom: z.tuple([z.number(), z.number(), z.number()]),
});
export type MapPageState = z.infer<typeof mapPageStateSchema>;
