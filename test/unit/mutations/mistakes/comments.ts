/** Comments that silence findings. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import { replace } from '../changes.ts';
import type { Mistake } from '../mistake.ts';
import { isSlotKind } from '../mistake.ts';
import { slots } from '../slots.ts';

/** Puts a comment above the line that a kind writes new statements behind. */
const comment = (rule: string, name: string, kinds: readonly FileKind[]): Mistake => ({
  rule,
  reveals: [{ rule: 'suppression-unused', why: 'on a clean line every comment silences nothing' }],
  kinds,
  change: (files, kind) => {
    if (!isSlotKind(kind)) return files;
    const { file, anchor } = slots['3.0.0'][kind];
    const line = (files[file] ?? '').split('\n').find((one) => one.includes(anchor)) ?? '';
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    return replace(file, `${line}\n`, `${indent}# jarviscore: ignore ${name}\n${line}\n`)(files, kind);
  },
  where: (kind) => (isSlotKind(kind) ? [slots['3.0.0'][kind].file, `# jarviscore: ignore ${name}`] : null),
});

const commented: readonly FileKind[] = ['dotenv', 'python', 'compose', 'systemd', 'kubernetes', 'dockerfile', 'shell'];

export const commentMistakes: readonly Mistake[] = [
  comment('suppression-unknown-rule', 'bool-stile', commented),
  comment('suppression-unused', 'bool-style', commented),
];
