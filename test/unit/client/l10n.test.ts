/** Texts and their translations: nothing untranslated, nothing left over, nothing lost on the way. */
import * as l10n from '@vscode/l10n';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, extractTexts, languages, merge, placeholders, readBundle } from '../../../scripts/l10n/bundles.ts';
import { nls, rawManifest, root } from './packageJson.ts';

const translated = readBundle(`${root}l10n/bundle.l10n.de.json`);
let source: Bundle = {};

beforeAll(async () => {
  source = await extractTexts(root);
}, 120_000);

/** Every string below a value, with the name of the field it is in. */
function strings(value: unknown, field: string): [field: string, text: string][] {
  if (typeof value === 'string') return [[field, value]];
  if (Array.isArray(value)) return value.flatMap((each) => strings(each, field));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => strings(inner, name));
}

/** What a translation must keep as it is: placeholders, links to commands, code. */
function fixedParts(text: string): string[] {
  const found = [...text.matchAll(/\{\d+\}|\]\([^)]+\)|`[^`]+`/g)].map(([part]) => part);
  // A command's own name in code is its translated title.
  return found.filter((part) => !/^`[A-Z][a-z]+ [A-Z][a-z]+`$/.test(part)).sort();
}

describe('texts of the client', () => {
  it('finds texts in files that import the library and in files that get it handed over', () => {
    expect(Object.keys(source).length).toBeGreaterThan(100);
    for (const text of ['Whom to ask?', 'declared, never seen', '{0} of {1} alive', 'paused', 'Show less time'])
      expect(source[text]).toBe(text);
  });

  it('has them all in the skeleton for translators', () => {
    expect(readBundle(`${root}l10n/bundle.l10n.json`)).toEqual(source);
  });

  it('has each of them in German, and no others', () => {
    expect(languages).toEqual(['de']);
    expect(Object.keys(translated).sort()).toEqual(Object.keys(source).sort());
    expect(Object.keys(translated).filter((key) => translated[key]?.trim() === '')).toEqual([]);
  });

  it('keeps the placeholders', () => {
    const differing = Object.keys(source).filter(
      (key) => placeholders(source[key] ?? '').join() !== placeholders(translated[key] ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it('does not speak of one of many: a number that can be 1 has a text of its own', () => {
    const plural = /^\{0\} (?:nodes|failures|agents active|members|peers|seconds|messages)$/;
    const lonely = Object.keys(source).filter(
      (key) => plural.test(key) && !(key.replace('{0}', '1').replace(/(\w)s\b/, '$1') in source),
    );
    expect(lonely).toEqual([]);
  });

  it('keeps old translations, drops stale ones and leaves new texts empty', () => {
    expect(merge({ a: 'a', b: 'b' }, { b: 'B', c: 'C' })).toEqual({ a: '', b: 'B' });
  });
});

describe('the library outside VS Code', () => {
  afterAll(() => l10n.config({ contents: {} }));

  it('gives the English text without a bundle and the German one with it', () => {
    expect(l10n.t('{0} of {1} alive', 3, 4)).toBe('3 of 4 alive');
    l10n.config({ contents: { ...translated } });
    expect(l10n.t('{0} of {1} alive', 3, 4)).toBe('3 von 4 aktiv');
    expect(l10n.t('JSON, or text that is sent as {"query": text}.')).toContain('{"query": Text}');
  });
});

describe('texts of the manifest', () => {
  const english = nls('package.nls.json');
  const german = nls('package.nls.de.json');
  const contributes = (rawManifest as { contributes: unknown }).contributes;
  const keys = strings(rawManifest, '').flatMap(([, text]) => /^%(.+)%$/.exec(text)?.[1] ?? []);

  it('are all there in both languages, and no others', () => {
    expect(keys.length).toBeGreaterThan(70);
    expect(Object.keys(english).sort()).toEqual([...new Set(keys)].sort());
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  it('are keys wherever a person reads them', () => {
    const read =
      /^(?:title|name|shortTitle|contents|description|markdownDescription|enumDescriptions|markdownEnumDescriptions|altText|deprecationMessage|markdownDeprecationMessage)$/;
    const brand = /^JarvisCore(?: Fleet)?$/;
    const plain = strings(contributes, '').filter(
      ([field, text]) => read.test(field) && !/^%.+%$/.test(text) && !brand.test(text),
    );
    expect(plain).toEqual([]);
  });

  it('keep links and code', () => {
    const differing = Object.keys(english).filter(
      (key) => fixedParts(english[key] ?? '').join() !== fixedParts(german[key] ?? '').join(),
    );
    expect(differing).toEqual(['config.node.autoReadmit.description']);
  });
});
