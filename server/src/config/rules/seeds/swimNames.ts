/** Names of the swim command line that people take for seeds. */
import { fix } from '../fixes.ts';
import { notableNames, removeEdit } from '../names/environmentNames.ts';
import { documentRule, type Rule } from '../rule.ts';

export const swimNameRules: readonly Rule[] = [
  documentRule('swim-seed-var', ({ document, at }, report) => {
    for (const written of notableNames(document)) {
      if (written.key !== 'SWIM_SEED_NODES' && written.key !== 'SWIM_BIND_ADDRESS') continue;
      const instead =
        written.key === 'SWIM_SEED_NODES' ? 'JARVISCORE_SEED_NODES' : 'JARVISCORE_BIND_HOST and JARVISCORE_BIND_PORT';
      report({
        at: at(written.range),
        setting: written.key,
        message: `${written.name} is read by the swim command line only; JarvisCore takes ${instead}.`,
        fixes: fix(`Remove ${written.name}`, false, removeEdit(document, written)),
      });
    }
  }),
];
