/** What rendering needs from the surroundings: the person's language and clock. Passed in, so that rows stay pure. */
export interface Language {
  /** `t` of @vscode/l10n: the text in the person's language with {0}, {1} filled in. */
  t(message: string, ...args: (string | number)[]): string;
  /** Time of day of an ISO 8601 moment, "10:42"; with the date where that is another day than today. */
  minute(iso: string): string;
  /** "10:42:07". */
  second(iso: string): string;
}

/** Times of day in a locale and time zone; `today` decides when the date is added. */
export function clock(options: { locale?: string; timeZone?: string; today(): Date }): Pick<Language, 'minute' | 'second'> {
  const { locale, timeZone, today } = options;
  const zone = timeZone === undefined ? {} : { timeZone };
  const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const minuteText = formatter(locale, { ...hours, ...zone });
  const secondText = formatter(locale, { ...hours, second: '2-digit', ...zone });
  const dayText = formatter(locale, { day: 'numeric', month: 'short', ...zone });
  const day = (): ((moment: number) => string) => rememberingLast((minute) => dayText(minute * minuteMs));
  const dayNow = day();
  const withDay = (text: (moment: number) => string): ((iso: string) => string) => {
    const dayOf = day();
    return (iso) => {
      const moment = Date.parse(iso);
      const date = dayOf(moment);
      return date === dayNow(today().getTime()) ? text(moment) : `${date} ${text(moment)}`;
    };
  };
  return { minute: withDay(minuteText), second: withDay(secondText) };
}

/** The engine reads a language's words for dates with the first moment, not while the window opens. */
function formatter(locale: string | undefined, options: Intl.DateTimeFormatOptions): (moment: number) => string {
  let format: Intl.DateTimeFormat | undefined;
  return (moment) => {
    format ??= new Intl.DateTimeFormat(locale, options);
    return format.format(moment);
  };
}

const minuteMs = 60_000;

/** Most of what is shown together is of the same minute, and the name of a day takes longer than the rest of a row. */
function rememberingLast(text: (minute: number) => string): (moment: number) => string {
  let last: { readonly minute: number; readonly text: string } | null = null;
  return (moment) => {
    const minute = Math.floor(moment / minuteMs);
    if (last?.minute !== minute) last = { minute, text: text(minute) };
    return last.text;
  };
}

const LONGEST = 120;
/** Nothing of it is dropped, and most text is like that. */
const ascii = /^[ -~]*$/;

/**
 * Text from the network as one short line: peers choose their own names, so control characters and bidirectional
 * overrides, which can make one name look like another, are dropped.
 */
export function oneLine(text: string): string {
  const clean = (ascii.test(text) ? text : text.replace(/\p{Cf}/gu, '').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')).trim();
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1)}…` : clean;
}
