/** Settings of swim-p2p itself: its validate_config refuses what lies outside, and the mesh then runs without P2P. */

import { firstWritten, writtenRelation } from '../relation.ts';
import { documentRule, type Rule } from '../rule.ts';
import { isFloat, readNumber } from '../values/pydantic.ts';
import { environmentTexts } from '../values/writtenValues.ts';

/** Python's int(): underscores and surrounding space are fine, a decimal point is not. */
const whole = /^\s*[+-]?\d+(?:_\d+)*\s*$/;

/** Whether Python's int() or float() takes the text. */
const parsesAs = (type: string, text: string): boolean => (type === 'int' ? whole.test(text) : isFloat(text));

export const swimRules: readonly Rule[] = [
  documentRule('swim-range', ({ document, target, placeOf }, report) => {
    for (const value of environmentTexts(document, target)) {
      const { setting, text } = value;
      if (value.converter !== 'swim' || setting.effects.every((effect) => effect.effect === 'none')) continue;
      const numeric = setting.type === 'int' || setting.type === 'float';
      let why: string | null = null;
      if (numeric && !parsesAs(setting.type, text)) why = `"${text}" is no ${setting.type === 'int' ? 'whole number' : 'number'}`;
      else if (numeric) {
        // Infinity is refused, of `nan` every comparison is false.
        const number = readNumber(text) ?? 0;
        if ((setting.min !== null && number < setting.min) || (setting.max !== null && number > setting.max))
          why = `${text.trim()} is outside ${setting.min ?? '…'} to ${setting.max ?? '…'}`;
      } else if (setting.envName === 'SWIM_LOG_LEVEL' && !(setting.values ?? []).includes(text))
        why = `"${text}" is none of ${(setting.values ?? []).join(', ')}`;
      if (why !== null)
        report({
          at: placeOf(value.assignment),
          setting: value.assignment.name,
          message: `${value.label}: ${why}; swim-p2p refuses to start and the mesh runs without P2P.`,
        });
    }
  }),

  writtenRelation(
    'swim-period-order',
    ['SWIM_PROTOCOL_PERIOD_MIN', 'SWIM_PROTOCOL_PERIOD_MAX', 'SWIM_SUSPECT_TIMEOUT', 'SWIM_PING_TIMEOUT', 'SWIM_PING_RETRIES'],
    (process) => {
      const low = process.number('SWIM_PROTOCOL_PERIOD_MIN');
      const high = process.number('SWIM_PROTOCOL_PERIOD_MAX');
      if (low !== null && high !== null && low > high)
        return {
          at: firstWritten(process, 'SWIM_PROTOCOL_PERIOD_MIN', 'SWIM_PROTOCOL_PERIOD_MAX'),
          with: ['SWIM_PROTOCOL_PERIOD_MAX'],
          message: `SWIM_PROTOCOL_PERIOD_MIN (${low} s) exceeds SWIM_PROTOCOL_PERIOD_MAX (${high} s).`,
        };
      const suspect = process.number('SWIM_SUSPECT_TIMEOUT');
      const ping = process.number('SWIM_PING_TIMEOUT');
      const retries = process.number('SWIM_PING_RETRIES');
      if (
        process.written('SWIM_SUSPECT_TIMEOUT') === undefined ||
        suspect === null ||
        ping === null ||
        retries === null ||
        suspect >= ping * (retries + 1)
      )
        return null;
      return {
        at: 'SWIM_SUSPECT_TIMEOUT',
        with: ['SWIM_PING_TIMEOUT', 'SWIM_PING_RETRIES'],
        message: `SWIM_SUSPECT_TIMEOUT (${suspect} s) is shorter than all ping attempts together (${ping * (retries + 1)} s).`,
      };
    },
  ),

  writtenRelation('swim-timeout-lowered', ['SWIM_PING_TIMEOUT', 'SWIM_SUSPECT_TIMEOUT', 'SWIM_ADAPTIVE_TIMING'], (process) => {
    const ping = process.written('SWIM_PING_TIMEOUT') === undefined ? null : process.number('SWIM_PING_TIMEOUT');
    const suspect = process.written('SWIM_SUSPECT_TIMEOUT') === undefined ? null : process.number('SWIM_SUSPECT_TIMEOUT');
    if (ping !== null && ping < 2)
      return {
        at: 'SWIM_PING_TIMEOUT',
        message: `SWIM_PING_TIMEOUT=${ping} undoes the floor of 2 s JarvisCore sets; busy peers look dead.`,
      };
    if (suspect !== null && suspect < 15)
      return {
        at: 'SWIM_SUSPECT_TIMEOUT',
        message: `SWIM_SUSPECT_TIMEOUT=${suspect} undoes the floor of 15 s JarvisCore sets; slow peers are declared dead.`,
      };
    if (process.written('SWIM_ADAPTIVE_TIMING') === undefined || process.bool('SWIM_ADAPTIVE_TIMING') !== true) return null;
    return {
      at: 'SWIM_ADAPTIVE_TIMING',
      message: 'SWIM_ADAPTIVE_TIMING=true lets swim-p2p shorten the timeouts that JarvisCore raised.',
    };
  }),
];
