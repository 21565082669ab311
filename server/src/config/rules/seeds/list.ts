/** A seed list as swim splits it: by comma, one `host:port` each. */
import type { Edit, Literal, ProcessDeclaration, ProcessFact, SourceDocument } from '../../model/types.ts';
import { replaceValue } from '../fixes.ts';
import { settingOfVariable } from '../settingIndex.ts';
import { type WrittenValue, writtenValues } from '../values/writtenValues.ts';

export type SeedFlaw = 'malformed' | 'bare-port' | 'inner-space' | null;

export interface SeedItem {
  /** As written, surrounding space included. */
  readonly raw: string;
  readonly text: string;
  readonly flaw: SeedFlaw;
  /** Why it is malformed. */
  readonly why: string;
}

export interface SeedList {
  readonly value: WrittenValue;
  readonly items: readonly SeedItem[];
  /** A Python list keeps its items apart; text is split by commas. */
  readonly isList: boolean;
}

function judge(text: string): { readonly flaw: SeedFlaw; readonly why: string } {
  if (text === '') return { flaw: null, why: '' };
  if (/^\d+$/.test(text)) return { flaw: 'bare-port', why: '' };
  const colon = text.indexOf(':');
  const spaced = colon < 0 ? text : `${text.slice(0, colon).trimEnd()}:${text.slice(colon + 1).trimStart()}`;
  if (/\s/.test(text) && /^[^:\s]+:\d{1,5}$/.test(spaced)) return { flaw: 'inner-space', why: '' };
  if (/^\[.*\]$|^["']/.test(text)) return { flaw: 'malformed', why: 'JSON is not understood here' };
  if (/:\/\//.test(text)) return { flaw: 'malformed', why: 'a URL is not understood here' };
  if (/[;\s]/.test(text)) return { flaw: 'malformed', why: 'separate seeds by commas' };
  const parts = text.split(':');
  if (parts.length > 2) return { flaw: 'malformed', why: 'it has several ":" (IPv6 addresses are not supported)' };
  if (parts.length === 1) return { flaw: 'malformed', why: 'the port is missing' };
  const port = Number(parts[1]);
  if (parts[0] === '') return { flaw: 'malformed', why: 'the host is missing' };
  if (!/^\d+$/.test(parts[1] ?? '') || port < 1 || port > 65535)
    return { flaw: 'malformed', why: `"${parts[1]}" is no port from 1 to 65535` };
  return { flaw: null, why: '' };
}

function itemOf(raw: string): SeedItem {
  const text = raw.trim();
  return { raw, text, ...judge(text) };
}

/** The argument of `join_mesh()` that gives the seeds; of `endpoint` only where it counts: seeds beat it (core/agent.py). */
export function seedArgument({
  kind,
  facts,
}: ProcessDeclaration): { readonly name: string; readonly fact: ProcessFact; readonly literal: Literal } | null {
  const name = facts.seed_nodes === undefined ? 'endpoint' : 'seed_nodes';
  const fact = facts[name];
  if (kind !== 'join-mesh' || fact?.value.kind !== 'literal') return null;
  const { literal } = fact.value;
  // Nothing, as the framework takes it: the environment is asked instead.
  return literal === null || literal === '' ? null : { name, fact, literal };
}

function argumentValues(document: SourceDocument): readonly WrittenValue[] {
  const setting = settingOfVariable('JARVISCORE_SEED_NODES');
  return document.processes.flatMap((declaration): WrittenValue[] => {
    const given = seedArgument(declaration);
    if (given === null || setting === undefined) return [];
    const { name, fact, literal } = given;
    const { range, valueRange, value } = fact;
    const nameRange = { start: range.start, end: range.start };
    const { id } = declaration;
    return [
      {
        assignment: { name, layer: 'mesh', process: id, range, nameRange, valueRange, value, quote: 'other', comment: null },
        setting,
        text: typeof literal === 'string' ? literal : null,
        literal,
        converter: 'direct',
        label: `${name}=`,
      },
    ];
  });
}

/** Every seed list of a document; lists with parts that cannot be known are left out. */
export function seedLists(document: SourceDocument, release: string): readonly SeedList[] {
  const lists: SeedList[] = [];
  for (const value of [...writtenValues(document, release), ...argumentValues(document)]) {
    if (value.setting.envName !== 'JARVISCORE_SEED_NODES') continue;
    if (value.text !== null) {
      const jsonText = /^\s*\[[\s\S]*\]\s*$/.test(value.text);
      const raws = value.text.trim() === '' ? [] : jsonText ? [value.text] : value.text.split(',');
      lists.push({ value, items: raws.map(itemOf), isList: false });
    } else if (Array.isArray(value.literal)) {
      lists.push({ value, items: value.literal.filter((item) => typeof item === 'string').map(itemOf), isList: true });
    }
  }
  return lists;
}

/** Other items in the form of the original, a Python list included. */
export function rewriteList(document: SourceDocument, list: SeedList, items: readonly string[]): Edit | null {
  const text = items.join(',');
  const literal = list.isList ? `[${items.map((item) => JSON.stringify(item)).join(', ')}]` : JSON.stringify(text);
  return replaceValue(document, list.value.assignment, text, literal);
}
