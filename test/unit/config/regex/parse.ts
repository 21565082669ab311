/** Regular expressions as trees: as much of the syntax as ours use. */
export type Node =
  /** One character: a class, an escape, the dot or itself, as source. */
  | { readonly kind: 'char'; readonly source: string }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly items: readonly Node[] }
  | { readonly kind: 'repeat'; readonly item: Node; readonly min: number; readonly max: number; readonly lazy: boolean }
  | { readonly kind: 'group'; readonly item: Node; readonly number: number }
  | { readonly kind: 'look'; readonly item: Node; readonly behind: boolean; readonly negative: boolean }
  /** `^`, `$`, `\b`, `\B`. */
  | { readonly kind: 'anchor'; readonly source: string }
  | { readonly kind: 'reference'; readonly number: number };

export function parse(source: string): Node {
  let at = 0;
  let groups = 0;
  const names = new Map<string, number>();
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(source.slice(at));
    if (match !== null) at += match[0].length;
    return match;
  };
  const choice = (): Node => {
    const items = [sequence()];
    while (take(/^\|/) !== null) items.push(sequence());
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'choice', items };
  };
  const sequence = (): Node => {
    const items: Node[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') items.push(quantified(atom()));
    return { kind: 'sequence', items };
  };
  const quantified = (item: Node): Node => {
    const match = take(/^(?:([*+?])|\{(\d+)(,(\d*))?\})(\??)/);
    if (match === null) return item;
    const [, sign, low, comma, high, lazy] = match;
    const min = sign === undefined ? Number(low) : sign === '+' ? 1 : 0;
    const bound = comma === undefined ? min : high === '' || high === undefined ? Number.POSITIVE_INFINITY : Number(high);
    const max = sign === undefined ? bound : sign === '?' ? 1 : Number.POSITIVE_INFINITY;
    return { kind: 'repeat', item, min, max, lazy: lazy === '?' };
  };
  const closed = (make: (item: Node) => Node): Node => {
    const item = choice();
    if (take(/^\)/) === null) throw new Error(`/${source}/: a group stays open.`);
    return make(item);
  };
  const atom = (): Node => {
    const look = take(/^\(\?(<?)([=!])/);
    if (look !== null) return closed((item) => ({ kind: 'look', item, behind: look[1] === '<', negative: look[2] === '!' }));
    if (take(/^\(\?:/) !== null) return closed((item) => item);
    const named = take(/^\((?:\?<(\w+)>)?/);
    if (named !== null) {
      const number = ++groups;
      if (named[1] !== undefined) names.set(named[1], number);
      return closed((item) => ({ kind: 'group', item, number }));
    }
    const anchor = take(/^(?:[\^$]|\\[bB])/);
    if (anchor !== null) return { kind: 'anchor', source: anchor[0] };
    const reference = take(/^\\(?:([1-9]\d*)|k<(\w+)>)/);
    if (reference !== null) return { kind: 'reference', number: Number(reference[1] ?? names.get(reference[2] ?? '')) };
    const char = take(
      /^(?:\[(?:[^\]\\]|\\[\s\S])*\]|\\(?:u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[pP]\{[^}]*\}|c[A-Za-z]|[\s\S])|[\s\S])/,
    );
    if (char === null || /^[*+?]/.test(char[0])) throw new Error(`/${source}/: nothing to repeat at ${at}.`);
    return { kind: 'char', source: char[0] };
  };
  const node = choice();
  if (at < source.length) throw new Error(`/${source}/: unread from ${at}.`);
  return node;
}
