/** Rules that peers break on our ZeroMQ port: told once each, counted always, obeyed never. */

const maxSentences = 8;
const maxPeers = 1_024;

export interface Conduct {
  /** `what`: one sentence for a person. */
  violation(peer: string, what: string): void;
  warnings(peer: string): readonly string[];
  /** How many messages of the peer were refused. */
  refused(peer: string): number;
  forget(peer: string): void;
}

const none: readonly string[] = [];

export function createConduct(changed: (peer: string) => void): Conduct {
  const peers = new Map<string, { sentences: readonly string[]; count: number }>();
  return {
    violation(peer, what) {
      let record = peers.get(peer);
      if (record === undefined) {
        record = { sentences: none, count: 0 };
        peers.set(peer, record);
        if (peers.size > maxPeers) {
          const [oldest] = peers.keys();
          if (oldest !== undefined) peers.delete(oldest);
        }
      }
      record.count += 1;
      if (record.sentences.length >= maxSentences || record.sentences.includes(what)) return;
      record.sentences = [...record.sentences, what];
      changed(peer);
    },
    warnings: (peer) => peers.get(peer)?.sentences ?? none,
    refused: (peer) => peers.get(peer)?.count ?? 0,
    forget: (peer) => void peers.delete(peer),
  };
}

/**
 * The SWIM id in the identity of a DEALER: swim-p2p 1.2.6 writes `dealer-<its swim id>-to-<our address>-<random>`. Null
 * where it is none; such a connection may be anybody's.
 */
export function ownerOf(identity: string): string | null {
  return /^dealer-((?:\d{1,3}\.){3}\d{1,3}:\d{1,5})-to-/.exec(identity)?.[1] ?? null;
}
