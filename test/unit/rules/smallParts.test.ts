/** The small questions that rules are made of. */
import { describe, expect, test } from 'vitest';
import { settings } from '#schemas/settings/catalogue.ts';
import { isOwnMachine } from '#server/config/rules/checklist/production.ts';
import { addressesOverlap, canonicalHost, parseSeed } from '#server/config/rules/fleets.ts';
import { isSharedName } from '#server/config/rules/names/sharedFiles.ts';
import { intendedName } from '#server/config/rules/names/spelling.ts';
import { isPublicAddress } from '#server/config/rules/ports/single.ts';
import { isLoopback, isWildcard } from '#server/config/rules/processView.ts';
import { literalOf } from '#server/config/rules/pythonLiteral.ts';
import { isProductionName } from '#server/config/rules/selection.ts';
import {
  canonicalName,
  describeRange,
  dictKeyIn,
  displayName,
  effectKind,
  existsIn,
  isSettingsField,
  isSwimName,
  meshKeysOf,
  modelName,
  readByFramework,
  settingOf,
  settingOfMeshKey,
  settingOfVariable,
  variablesOf,
} from '#server/config/rules/settingIndex.ts';
import { editDistance, nearest } from '#server/config/rules/similarity.ts';
import { equalsDefault } from '#server/config/rules/values/defaults.ts';
import { intendedBool, intendedNumber, isFloat, isInt, readBool, readNumber } from '#server/config/rules/values/pydantic.ts';
import { splitUrl } from '#server/config/rules/values/urls.ts';
import { looksLikePlaceholder } from '#server/config/rules/values/writtenValues.ts';
import { writtenText } from '#server/config/rules/writtenText.ts';

/** The questions that are answered with yes. */
const yes = (ask: (text: string) => boolean, ...texts: readonly string[]): string[] => texts.filter(ask);

describe('hosts', () => {
  test('that mean the machine itself', () => {
    const own = ['localhost', 'LOCALHOST', '127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '::1', '[::1]', '0:0:0:0:0:0:0:1'];
    expect(yes(isLoopback, ...own)).toEqual(own);
    expect(yes(isLoopback, '128.0.0.1', '127', '127.0.0.0.1', '1127.0.0.1', '127.0.0.1x', 'my-localhost', '::', '')).toEqual([]);
    expect(yes(isOwnMachine, 'localhost', '0.0.0.0', 'x.local', 'host.docker.internal')).toHaveLength(4);
    expect(yes(isOwnMachine, 'local', 'x.locale', 'docker.internal', '10.0.0.1')).toEqual([]);
  });

  test('that mean every address', () => {
    expect(yes(isWildcard, '0.0.0.0', '::', '[::]')).toHaveLength(3);
    expect(yes(isWildcard, '0.0.0.1', '', '*', '::1')).toEqual([]);
  });

  test.each([
    ['8.8.8.8', true],
    ['0.1.2.3', false],
    ['1.0.0.0', true],
    ['9.255.255.255', true],
    ['10.0.0.1', false],
    ['11.0.0.1', true],
    ['126.0.0.1', true],
    ['127.0.0.1', false],
    ['172.15.0.1', true],
    ['172.16.0.1', false],
    ['172.31.0.1', false],
    ['172.32.0.1', true],
    ['171.16.0.1', true],
    ['192.168.0.1', false],
    ['192.167.0.1', true],
    ['193.168.0.1', true],
    ['169.254.0.1', false],
    ['169.253.0.1', true],
    ['100.63.0.1', true],
    ['100.64.0.1', false],
    ['100.127.0.1', false],
    ['100.128.0.1', true],
    ['101.64.0.1', true],
    ['223.0.0.1', true],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['8.8.8', false],
    ['8.8.8.8.8', false],
    ['a.example', false],
  ])('%s is routed on the internet: %s', (host, expected) => {
    expect(isPublicAddress(host)).toBe(expected);
  });

  test('overlap where one socket is in the way of the other', () => {
    expect(addressesOverlap('127.0.0.1', 'LocalHost')).toBe(true);
    expect(addressesOverlap('0.0.0.0', '10.0.0.1')).toBe(true);
    expect(addressesOverlap('10.0.0.1', '::')).toBe(true);
    expect(addressesOverlap('Hub', 'hub')).toBe(true);
    expect(addressesOverlap('10.0.0.1', '10.0.0.2')).toBe(false);
    expect(addressesOverlap(null, '0.0.0.0')).toBe(false);
    expect(addressesOverlap('0.0.0.0', null)).toBe(false);
    expect([canonicalHost('LOCALHOST'), canonicalHost('Hub')]).toEqual(['127.0.0.1', 'hub']);
  });

  test.each([
    [' a:1 ', { text: 'a:1', host: 'a', port: 1 }],
    ['a.b:65535', { text: 'a.b:65535', host: 'a.b', port: 65535 }],
    ['a:0', null],
    ['a:65536', null],
    ['a:100000', null],
    ['a:', null],
    [':1', null],
    ['a', null],
    ['a:1:2', null],
    ['a b:1', null],
    ['a:1x', null],
  ])('the seed %j', (text, expected) => {
    expect(parseSeed(text)).toEqual(expected);
  });
});

describe('addresses of the web', () => {
  test.each<[string, ReturnType<typeof splitUrl>]>([
    ['http://a', { scheme: 'http', host: 'a', port: null, path: '' }],
    ['HTTPS://A:8080/x?y#z', { scheme: 'https', host: 'A', port: 8080, path: '/x?y#z' }],
    ['redis://:pw@r:6379/0', { scheme: 'redis', host: 'r', port: 6379, path: '/0' }],
    ['redis://u:p@w@r', { scheme: 'redis', host: 'r', port: null, path: '' }],
    ['http://[::1]:80', { scheme: 'http', host: '[::1]', port: 80, path: '' }],
    ['http://a:?q', { scheme: 'http', host: 'a', port: null, path: '?q' }],
    ['unix:///run/x', { scheme: 'unix', host: '', port: null, path: '/run/x' }],
    ['git+ssh://a', { scheme: 'git+ssh', host: 'a', port: null, path: '' }],
    ['http://a:65535', { scheme: 'http', host: 'a', port: 65535, path: '' }],
    ['http://a:65536', null],
    ['http://a:123456', null],
    ['http://', null],
    ['http:///x', null],
    ['http://a b', null],
    ['a:80', null],
    ['//a', null],
    ['1http://a', null],
    [' http://a', null],
  ])('%j', (text, expected) => {
    expect(splitUrl(text)).toEqual(expected);
  });
});

describe('booleans and numbers', () => {
  test('as pydantic reads them', () => {
    expect(['true', 'TRUE', '1', 'on', 'yes', 'y', 't'].map(readBool)).toEqual(Array(7).fill(true));
    expect(['false', 'False', '0', 'off', 'no', 'n', 'f'].map(readBool)).toEqual(Array(7).fill(false));
    expect(['', ' true', '2', 'enabled', 'null'].map(readBool)).toEqual(Array(5).fill(null));
    expect(yes(isInt, '1', '+1', '-1', '007', '1_000', '1.0', '1.00', ' 1 ')).toHaveLength(8);
    expect(yes(isInt, '', '1.5', '1.', '.0', '1__0', '_1', '1_', '1e3', 'x', '1 0', '--1')).toEqual([]);
    expect(yes(isFloat, '1', '1.', '.5', '1.5', '1e3', '1E-3', '1_0.5_0', '-inf', 'Infinity', '+nan', ' 1 ')).toHaveLength(11);
    expect(yes(isFloat, '', '.', 'e3', '1e', '1,5', 'infinit', 'nano', '0x1', '1__0')).toEqual([]);
  });

  test.each([
    ['1_000.5', 1000.5],
    [' -2 ', -2],
    ['1e3', 1000],
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['-nan', Number.NaN],
    ['x', null],
    ['', null],
  ])('the number %j', (text, expected) => {
    expect(readNumber(text)).toEqual(expected);
  });

  test('that were meant', () => {
    for (const word of ['enabled', 'ENABLE', 'ja', 'ein', 'oui', 'si', '2', 'active', 'wahr', ' yes '])
      expect(intendedBool(word), word).toBe(true);
    for (const word of ['disabled', 'disable', 'nein', 'aus', 'none', 'null', 'inactive', 'never', '-1', 'falsch', 'Off'])
      expect(intendedBool(word), word).toBe(false);
    for (const word of ['', 'perhaps', '3', 'truely']) expect(intendedBool(word), word).toBeNull();
  });

  test.each<[string, string | null, number | null]>([
    ['90s', 's', 90],
    ['90 Seconds', 's', 90],
    ['5m', 's', 300],
    ['5 min', 's', 300],
    ['1.5h', 's', 5400],
    ['.5h', 's', 1800],
    ['2 days', 's', 172800],
    ['1d', 'days', 1],
    ['36 hours', 'days', 1.5],
    ['180_000ms', 'ms', 180000],
    ['3 minutes', 'ms', 180000],
    ['250ms', 's', 0.25],
    ['1 sec', 'ms', 1000],
    ['2 secs', 's', 2],
    ['1 second', 's', 1],
    ['2 mins', 's', 120],
    ['1 minute', 's', 60],
    ['1 hour', 's', 3600],
    ['1 day', 's', 86400],
    ['-5s', 's', -5],
    ['7,946', null, 7946],
    ['1,234,567', 'tokens', 1234567],
    ['+1,000', null, 1000],
    ['79,46', null, null],
    ['1234,567', null, null],
    ['90s', null, null],
    ['90s', 'tokens', null],
    ['90 fortnights', 's', null],
    ['s', 's', null],
    ['90', 's', null],
    ['', 's', null],
  ])('%j in %s', (text, unit, expected) => {
    expect(intendedNumber(text, unit)).toBe(expected);
  });
});

describe('names', () => {
  test('of files that are shared, and of files for production', () => {
    const shared = [
      '.env',
      '.ENV',
      '.env.shared',
      '.env.common',
      '.env.example',
      '.env.shared.sample',
      '.env.common.dist',
      '.env.template',
    ];
    expect(yes(isSharedName, ...shared)).toEqual(shared);
    expect(yes(isSharedName, 'env', '.env.local', 'a.env', '.env.shared.local', '.environment')).toEqual([]);
    const production = ['.env.production', 'prod.env', '.env.prod', 'my-prod_x.env', 'PRODUCTION.env'];
    expect(yes(isProductionName, ...production)).toEqual(production);
    expect(yes(isProductionName, '.env', 'product.env', 'reprod.env', 'prods.env', 'preproduction.env')).toEqual([]);
  });

  test('that look like there to be replaced', () => {
    const placeholders = [
      '<key>',
      '{{ key }}',
      'your-key',
      'YOUR_KEY',
      'changeme',
      'change-me',
      'change_me',
      'a...',
      'xxx',
      'XXXX',
      '',
      '  ',
    ];
    expect(yes(looksLikePlaceholder, ...placeholders)).toEqual(placeholders);
    expect(yes(looksLikePlaceholder, 'yours', 'xx', 'xxa', '..', 'value')).toEqual([]);
  });

  test('that were meant', () => {
    expect(intendedName('JARVISCORE_BIND_PROT', '3.0.0')).toBe('JARVISCORE_BIND_PORT');
    expect(intendedName('LOGLEVEL', '3.0.0')).toBe('LOG_LEVEL');
    expect(intendedName('NEXUS_API_KEY', '2.2.0')).toBeNull();
    for (const own of ['LOG_LEVEL', 'BIND_PORT', 'HTTP_PROXY', 'ENTIRELY_DIFFERENT'])
      expect(intendedName(own, '3.0.0'), own).toBeNull();
  });

  test('by distance', () => {
    expect(editDistance('ABCD', 'ABCD', 2)).toBe(0);
    expect(editDistance('ABCD', 'ABDC', 2)).toBe(1);
    expect(editDistance('ABCD', 'ABC', 2)).toBe(1);
    expect(editDistance('ABCD', 'XBCY', 2)).toBe(2);
    expect(editDistance('ABCD', 'XYZD', 2)).toBe(3);
    expect(editDistance('ABCD', 'ABCDEFG', 2)).toBe(3);
    expect(editDistance('', 'AB', 2)).toBe(2);
    expect(editDistance('A'.repeat(200), `${'A'.repeat(199)}B`, 1)).toBe(1);
    expect(editDistance('A'.repeat(200), 'B'.repeat(200), 2)).toBe(3);
  });

  test('of which the first of equally near ones is taken', () => {
    expect(nearest('ABCX', ['ABCD', 'ABCE'])).toBe('ABCD');
    expect(nearest('ABCX', ['ABCE', 'ABCD'])).toBe('ABCE');
    expect(nearest('ABC', ['ABD'])).toBeNull();
    expect(nearest('ABCDEFGH', ['ABCDEFXY'])).toBeNull();
    expect(nearest('ABCDEFGHI', ['ABCDEFGXY'])).toBe('ABCDEFGXY');
    expect(nearest('ABCDEFGHIJ', ['ABCDEFGXYZ'])).toBeNull();
    expect(nearest('NODE_1', ['NODE_2', 'NODE'])).toBe('NODE_2');
    expect(nearest('PORT_12345', ['PORT_1'])).toBeNull();
  });
});

describe('the catalogue', () => {
  const setting = (name: string) => {
    const found = settingOfVariable(name) ?? settingOfMeshKey(name);
    if (found === undefined) throw new Error(name);
    return found;
  };

  test('is asked by both names', () => {
    expect(settingOfVariable('log_level')).toBe(settingOfMeshKey('log_level'));
    expect(settingOfMeshKey('LOG_LEVEL')).toBeUndefined();
    expect(settingOf({ name: 'log_level', layer: 'mesh' })).toBe(setting('LOG_LEVEL'));
    expect(settingOf({ name: 'LOG_LEVEL', layer: 'mesh' })).toBeUndefined();
    expect(settingOf({ name: 'Log_Level', layer: 'environment' })).toBe(setting('LOG_LEVEL'));
    expect(settingOfVariable('JARVISCORE_<ANY_OTHER_SETTING>')).toBeUndefined();
    expect([displayName(setting('LOG_LEVEL')), displayName(setting('allow_zero_peers'))]).toEqual([
      'LOG_LEVEL',
      'allow_zero_peers',
    ]);
    expect([modelName(setting('LOG_LEVEL')), modelName(setting('allow_zero_peers'))]).toEqual(['LOG_LEVEL', 'ALLOW_ZERO_PEERS']);
    expect(['bind_port', 'jarviscore_bind_port', 'whatever', 'allow_zero_peers'].map(canonicalName)).toEqual([
      'JARVISCORE_BIND_PORT',
      'JARVISCORE_BIND_PORT',
      'WHATEVER',
      'ALLOW_ZERO_PEERS',
    ]);
  });

  test('knows what a release reads, and how', () => {
    expect([existsIn(setting('JOURNAL_DIR'), '2.4.1'), existsIn(setting('JOURNAL_DIR'), '3.0.0')]).toEqual([false, true]);
    expect(effectKind(setting('JOURNAL_DIR'), '2.4.1')).toBeUndefined();
    expect(effectKind(setting('EXECUTION_TIMEOUT'), '3.0.0')).toBe('mesh-config-only');
    expect(effectKind(setting('LOG_LEVEL'), '3.0.0')).toBe('none');
    expect(readByFramework(setting('EXECUTION_TIMEOUT'), '3.0.0')).toBe(true);
    expect(readByFramework(setting('ATHENA_PORT'), '3.0.0')).toBe(false);
    expect(readByFramework(setting('ATHENA_REDIS_PORT'), '3.0.0')).toBe(false);
    expect(readByFramework(setting('POSTGRES_USER'), '3.0.0')).toBe(false);
    expect(readByFramework(setting('JOURNAL_DIR'), '2.4.1')).toBe(false);
    expect(dictKeyIn(setting('EXECUTION_TIMEOUT'), '3.0.0')).toBe('execution_timeout');
    expect(dictKeyIn(setting('MAX_GOAL_STEPS'), '3.0.0')).toBeNull();
    expect(dictKeyIn(setting('JOURNAL_DIR'), '2.4.1')).toBeNull();
    expect([isSettingsField(setting('LOG_LEVEL')), isSettingsField(setting('MAX_GOAL_STEPS'))]).toEqual([true, false]);
    expect([
      isSwimName(setting('SWIM_LOG_LEVEL')),
      isSwimName(setting('LOG_LEVEL')),
      isSwimName(setting('allow_zero_peers')),
    ]).toEqual([true, false, false]);
    expect(variablesOf('3.0.0').every(({ envName }) => envName !== null && !envName.includes('<'))).toBe(true);
    expect(variablesOf('2.4.1')).not.toContain(setting('JOURNAL_DIR'));
    expect(meshKeysOf('3.0.0').every(({ meshKey }) => meshKey !== null)).toBe(true);
    expect(meshKeysOf('2.4.1')).not.toContain(setting('JOURNAL_DIR'));
    expect(settings.length).toBeGreaterThan(variablesOf('3.0.0').length);
  });

  test.each([
    [null, null, 'every release'],
    ['1.1.0', null, '1.1.0 and later'],
    [null, '2.1.1', 'up to 2.1.1'],
    ['1.1.0', '2.1.1', '1.1.0 to 2.1.1'],
    ['1.1.0', '1.1.0', '1.1.0'],
  ])('from %s to %s', (from, to, expected) => {
    expect(describeRange(from, to)).toBe(expected);
  });

  const text = (value: string) => ({ kind: 'text', text: value }) as const;
  test('knows its defaults', () => {
    const same = (name: string, ...values: readonly Parameters<typeof equalsDefault>[0][]) =>
      values.map((value) => equalsDefault(value, setting(name), '3.0.0'));
    expect(same('EXECUTION_TIMEOUT', text('300'), text('300.0'), text('301'), text('x'))).toEqual([true, true, false, false]);
    expect(same('P2P_ENABLED', text('ON'), text('off'), text('x'))).toEqual([true, false, false]);
    expect(same('LOG_LEVEL', text('info'), text(' INFO '), text('DEBUG'))).toEqual([true, true, false]);
    expect(same('JARVISCORE_NODE_NAME', text('jarviscore-node'), text('JARVISCORE-NODE'))).toEqual([true, false]);
    expect(same('REDIS_URL', text(''), text('redis://r'))).toEqual([true, false]);
    expect(same('EXECUTION_TIMEOUT', { kind: 'literal', literal: 300 }, { kind: 'literal', literal: '300' })).toEqual([
      true,
      false,
    ]);
    expect(same('EXECUTION_TIMEOUT', null, { kind: 'unknown', why: 'x' }, { kind: 'absent' })).toEqual([false, false, false]);
  });

  test('says how a value is written in Python', () => {
    const written = (name: string, value: string) => literalOf(setting(name), value);
    expect([written('P2P_ENABLED', 'on'), written('P2P_ENABLED', 'off'), written('P2P_ENABLED', 'x')]).toEqual([
      'True',
      'False',
      null,
    ]);
    expect([written('EXECUTION_TIMEOUT', '1_0'), written('EXECUTION_TIMEOUT', 'x')]).toEqual(['10', null]);
    expect([written('JARVISCORE_BIND_PORT', '7950'), written('LLM_TIMEOUT', '1.5'), written('LLM_TIMEOUT', 'inf')]).toEqual([
      '7950',
      '1.5',
      null,
    ]);
    expect([written('LLM_LIMITS', '{}'), written('NEXUS_SECRET', 'x'), written('REDIS_PASSWORD', 'x')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(written('JARVISCORE_NODE_NAME', 'a "b"\n')).toBe('"a \\"b\\"\\n"');
  });
});

describe('a value is written', () => {
  const range = (from: number, to: number) => ({ start: { line: 0, character: from }, end: { line: 0, character: to } });
  type Place = Parameters<typeof writtenText>[1];
  const place = (quote: Place['quote'], gap = 1): Place => ({
    name: 'NAME',
    layer: 'environment',
    process: null,
    range: range(0, 9),
    nameRange: range(0, 4),
    valueRange: range(4 + gap, 9),
    value: { kind: 'absent' },
    quote,
    comment: null,
  });

  test.each<[Parameters<typeof writtenText>[0], string, Place, string | null]>([
    ['dotenv', 'plain', place('none'), 'plain'],
    ['dotenv', 'a b', place('none'), "'a b'"],
    ['dotenv', `it's $x \\`, place('double'), `'it\\'s $x \\\\'`],
    ['dotenv', '', place('none'), ''],
    ['python', 'a "b"', place('double'), '"a \\"b\\""'],
    ['launch', 'a', place('double'), '"a"'],
    ['launch', 'a', place('other'), null],
    ['python', 'a', place('other'), '"a"'],
    ['compose', 'word', place('none', 2), 'word'],
    ['compose', 'true', place('none', 2), '"true"'],
    ['compose', 'No', place('none', 2), '"No"'],
    ['compose', '~', place('none', 2), '"~"'],
    ['compose', '7950', place('none', 2), '"7950"'],
    ['compose', '$x', place('none', 2), '"$$x"'],
    ['compose', 'a b', place('none', 2), '"a b"'],
    ['compose', '7950', place('none'), '7950'],
    ['compose', 'a b', place('none'), null],
    ['compose', '7950', place('other'), null],
    ['kubernetes', '$(X)', place('none', 2), '"$$(X)"'],
    ['kubernetes', '$x', place('none', 2), '"$x"'],
    ['systemd', 'plain', place('double'), 'plain'],
    ['systemd', 'a "b" 5%', place('none'), '"a \\"b\\" 5%%"'],
    ['systemd', 'a b', place('double'), null],
    ['dockerfile', 'a "b" $c', place('none'), '"a \\"b\\" \\$c"'],
    ['dockerfile', 'a b', place('single'), null],
    ['shell', "it's", place('none'), `'it'\\''s'`],
    ['shell', 'a/b:1,2@c+d-e', place('double'), 'a/b:1,2@c+d-e'],
    ['shell', 'a b', place('double'), null],
    ['requirements', 'a', place('none'), null],
  ])('in %s: %j', (kind, value, where, expected) => {
    expect(writtenText(kind, where, value)).toBe(expected);
  });
});
