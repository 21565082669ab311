/** A question and what became of it, as the text of a document that changes until the answer is there. */
import type { Json } from '#schemas/fleet/mesh.ts';
import type { Language } from './language.ts';

export interface Question {
  readonly whom: string;
  readonly data: Json;
  /** ISO 8601. */
  readonly askedAt: string;
  readonly timeoutMs: number;
}

export type Outcome =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'answered'; readonly at: string; readonly data: Json }
  | { readonly kind: 'failed'; readonly at: string; readonly error: string }
  | { readonly kind: 'cancelled'; readonly at: string };

const secondsBetween = (from: string, to: string): string => ((Date.parse(to) - Date.parse(from)) / 1_000).toFixed(1);

/** JSON with comments: the facts as comments, the answer as it came. */
export function answerText(question: Question, outcome: Outcome, l10n: Language): string {
  const { whom, data, askedAt, timeoutMs } = question;
  const lines = [
    l10n.t('Asked {0} at {1}.', whom, l10n.second(askedAt)),
    ...JSON.stringify(data, null, 2).split('\n'),
    '',
    outcomeLine(),
  ];
  const comments = lines.map((line) => `// ${line}`.trimEnd()).join('\n');
  return outcome.kind === 'answered' ? `${comments}\n${JSON.stringify(outcome.data, null, 2)}\n` : `${comments}\n`;

  function outcomeLine(): string {
    switch (outcome.kind) {
      case 'waiting':
        return l10n.t('Waiting for the answer, {0} s at most. The notification has a button that cancels.', timeoutMs / 1_000);
      case 'answered':
        return l10n.t('Answered at {0}, after {1} s:', l10n.second(outcome.at), secondsBetween(askedAt, outcome.at));
      case 'failed':
        return l10n.t(
          'No answer: {0} ({1}, after {2} s)',
          oneComment(outcome.error),
          l10n.second(outcome.at),
          secondsBetween(askedAt, outcome.at),
        );
      case 'cancelled':
        return l10n.t('Cancelled at {0}.', l10n.second(outcome.at));
    }
  }
}

/** An error may quote what a peer sent: a line break in it must not end the comment. */
function oneComment(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]+/g, ' ');
}
