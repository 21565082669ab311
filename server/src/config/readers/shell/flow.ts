/** Where a shell script is: inside which branches, in which folder. Followed word by word, never run. */
import type { Word } from '../deployment/words.ts';

interface Block {
  readonly keyword: 'if' | 'case' | 'loop';
  /** Numbers the arms of `if` and `case`: of two arms only one runs. */
  arm: number;
  readonly id: number;
}

const opening: Readonly<Record<string, Block['keyword']>> = {
  if: 'if',
  case: 'case',
  for: 'loop',
  while: 'loop',
  until: 'loop',
  select: 'loop',
};
const closing = new Set(['fi', 'esac', 'done']);
/** Words a command may stand behind. */
const leading = new Set(['then', 'do', 'else', 'elif', '{', '!', 'if', 'while', 'until']);
const maxDepth = 100;

/** `$(dirname "$0")` and its relatives: the folder of the script itself. */
const scriptFolder =
  /^\$\(\s*dirname\b|^\$\{0%\/\*\}|^\$\{BASH_SOURCE|^\$\(\s*cd\b.*\bdirname\b|^\$(?:\{SCRIPT_DIR\}|SCRIPT_DIR\b|\{DIR\}|DIR\b|\{HERE\}|HERE\b)/;

export class ShellFlow {
  #blocks: Block[] = [];
  #count = 0;
  #directory: string | null = '';
  readonly #subshells: (string | null)[] = [];

  /** Whether what stands here may not run, or run several times. */
  get conditional(): boolean {
    return this.#blocks.length > 0;
  }

  /** The arms it stands in, as `block:arm`. */
  get arms(): readonly string[] {
    return this.#blocks.filter((block) => block.keyword !== 'loop').map((block) => `${block.id}:${block.arm}`);
  }

  /** Relative to the script's folder; empty: that folder, or not said; null: not known. */
  get directory(): string | null {
    return this.#directory;
  }

  /** Takes a separator. `;;` ends an arm of `case`. */
  separator(word: Word, previous: Word | undefined): void {
    const block = this.#blocks.at(-1);
    if (
      word.text === ';' &&
      previous?.text === ';' &&
      previous.quote === 'other' &&
      previous.end === word.start &&
      block?.keyword === 'case'
    )
      block.arm++;
    if (word.text === '(') {
      if (this.#subshells.length < maxDepth) this.#subshells.push(this.#directory);
    } else if (word.text === ')' && this.#subshells.length > 0) {
      this.#directory = this.#subshells.pop() ?? null;
    }
  }

  /** Takes the keywords off the front of a command; what is left is the command itself. */
  command(words: readonly Word[]): readonly Word[] {
    let rest = words;
    for (let first = rest[0]; first !== undefined && first.quote === 'none'; first = rest[0]) {
      const keyword = opening[first.text];
      if (keyword !== undefined) {
        if (this.#blocks.length < maxDepth) this.#blocks.push({ keyword, arm: 0, id: this.#count++ });
        // `for x in a b` and `case x in` are no commands.
        if (keyword === 'case' || first.text === 'for' || first.text === 'select') return [];
      } else if (closing.has(first.text)) {
        this.#blocks.pop();
        return [];
      } else if (first.text === 'else' || first.text === 'elif') {
        const block = this.#blocks.at(-1);
        if (block?.keyword === 'if') block.arm++;
      } else if (!leading.has(first.text)) {
        break;
      }
      rest = rest.slice(1);
    }
    if (rest[0]?.text === 'cd' || rest[0]?.text === 'pushd') this.#change(rest[1]);
    return rest;
  }

  #change(target: Word | undefined): void {
    if (target === undefined) return;
    const tail = target.expands ? target.text.replace(/^"?/, '') : target.text;
    if (target.expands) {
      const inside = /(?:[)}"]\/?|^\$\w+\/)((?:[\w.-]+(?:\/[\w.-]+)*\/?)?)$/.exec(tail)?.[1];
      this.#directory = scriptFolder.test(tail) ? (inside ?? '') : null;
    } else if (/^[/~]/.test(tail)) this.#directory = tail;
    else if (tail === '-') this.#directory = null;
    else if (this.#directory !== null) this.#directory = this.#directory === '' ? tail : `${this.#directory}/${tail}`;
  }
}
