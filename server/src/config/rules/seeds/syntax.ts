/** How a seed list is written. One wrong item stops the P2P start as a whole (swim splits every item before joining). */
import type { Fix } from '../../model/types.ts';
import { fix } from '../fixes.ts';
import { parseSeed } from '../fleets.ts';
import { isWildcard } from '../processView.ts';
import { type DocumentContext, documentRule, type Rule } from '../rule.ts';
import { rewriteList, type SeedItem, type SeedList, seedLists } from './list.ts';

function rewrite(
  context: DocumentContext,
  list: SeedList,
  items: readonly string[],
  title: string,
  safe: boolean,
): readonly Fix[] {
  const kept = items.filter((item) => item !== '');
  const flawless = kept.every((item) => parseSeed(item) !== null && !/[,;"']/.test(item));
  return flawless ? fix(title, safe, rewriteList(context.document, list, kept)) : [];
}

const hostOf = (item: SeedItem): string => item.text.split(':')[0] ?? '';

export const seedSyntaxRules: readonly Rule[] = [
  documentRule('seed-malformed', (context, report) => {
    for (const list of seedLists(context.document, context.target)) {
      const wrong = list.items.filter((item) => item.flaw === 'malformed');
      const first = wrong[0];
      if (first === undefined) continue;
      const split = list.items
        .flatMap((item) => item.text.replace(/^\[|\]$/g, '').split(/[;,\s]+/))
        .map((item) =>
          item
            .replace(/^["']|["']$/g, '')
            .replace(/^[a-z]+:\/\//i, '')
            .replace(/\/$/, ''),
        );
      report({
        at: context.placeOf(list.value.assignment),
        setting: list.value.assignment.name,
        message: `${list.value.label}: "${first.text}" is no host:port (${first.why}); one such seed stops the whole P2P start.`,
        fixes: rewrite(context, list, split, `Write ${split.filter((item) => item !== '').join(',')}`, false),
      });
    }
  }),

  documentRule('seed-bare-port', (context, report) => {
    for (const list of seedLists(context.document, context.target)) {
      const bare = list.items.find((item) => item.flaw === 'bare-port');
      if (bare === undefined) continue;
      const named = list.items.map((item) => (item.flaw === 'bare-port' ? `127.0.0.1:${item.text}` : item.text));
      report({
        at: context.placeOf(list.value.assignment),
        setting: list.value.assignment.name,
        message: `${list.value.label}: "${bare.text}" is a port alone; swim-p2p takes it for this machine's own outbound address. Write the seed's host.`,
        fixes: rewrite(context, list, named, `Write ${named.join(',')}`, false),
      });
    }
  }),

  documentRule('seed-whitespace', (context, report) => {
    for (const list of seedLists(context.document, context.target)) {
      const inner = list.items.find((item) => item.flaw === 'inner-space');
      const around = list.items.some((item) => item.raw !== item.text && item.text !== '') && !list.isList;
      if (inner === undefined && !around) continue;
      const clean = list.items.map((item) => item.text.replaceAll(/\s/g, ''));
      report({
        at: context.placeOf(list.value.assignment),
        setting: list.value.assignment.name,
        ...(inner === undefined ? {} : { severity: 'error' }),
        message:
          inner === undefined
            ? `${list.value.label}: spaces around the commas are ignored.`
            : `${list.value.label}: "${inner.text}" has a space inside host:port; the whole P2P start fails.`,
        fixes: rewrite(context, list, clean, 'Remove the spaces', true),
      });
    }
  }),

  documentRule('seed-empty-item', (context, report) => {
    for (const list of seedLists(context.document, context.target)) {
      if (!list.items.some((item) => item.text === '') || list.items.every((item) => item.text === '')) continue;
      report({
        at: context.placeOf(list.value.assignment),
        setting: list.value.assignment.name,
        message: `${list.value.label}: an empty item between or behind the commas is ignored.`,
        fixes: rewrite(
          context,
          list,
          list.items.map((item) => item.text),
          'Remove the empty item',
          true,
        ),
      });
    }
  }),

  documentRule('seed-duplicate', (context, report) => {
    for (const list of seedLists(context.document, context.target)) {
      const texts = list.items.map((item) => item.text).filter((text) => text !== '');
      const twice = texts.find((text, index) => texts.indexOf(text) !== index);
      if (twice === undefined) continue;
      report({
        at: context.placeOf(list.value.assignment),
        setting: list.value.assignment.name,
        message: `${list.value.label}: ${twice} is listed twice.`,
        fixes: rewrite(context, list, [...new Set(texts)], 'Keep one of them', true),
      });
    }
  }),

  documentRule('seed-wildcard', (context, report) => {
    for (const list of seedLists(context.document, context.target)) {
      const wildcard = list.items.find((item) => isWildcard(hostOf(item)));
      if (wildcard === undefined) continue;
      report({
        at: context.placeOf(list.value.assignment),
        setting: list.value.assignment.name,
        message: `${list.value.label}: ${wildcard.text} names no machine; a seed needs the address under which the other node can be reached.`,
      });
    }
  }),
];
