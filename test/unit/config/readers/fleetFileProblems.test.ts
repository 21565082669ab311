/** What is wrong in a project file, in its words and at its place. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('problems', () => {
  test.each<[string, string[]]>([
    ['{}', []],
    ['', ['fleet-file-syntax «» 0:0: The file is empty; it needs at least {}.']],
    ['[]', ['fleet-file-value «[» 0:0: jarviscore-fleet.json: this must be an object.']],
    ['1', ['fleet-file-value «1» 0:0: jarviscore-fleet.json: this must be an object.']],
    ['{"target": "3.0.0"}', []],
    [
      '{"target": "9.9.9"}',
      [
        'fleet-file-unknown-release «9.9.9» 0:12: 9.9.9 is no release that is known here (1.0.0 to 3.0.0); the files are checked for the nearest older one.',
      ],
    ],
    ['{"target": "3"}', ['fleet-file-value «3» 0:12: target: a release is written as "3.0.0".']],
    ['{"target": 3}', ['fleet-file-value «3» 0:11: target: this must be a text in double quotes.']],
    ['{"target": ""}', ['fleet-file-value «» 0:12: target: a release is written as "3.0.0".']],
    ['{"profile": "production"}', []],
    ['{"profile": "prod"}', ['fleet-file-value «prod» 0:13: profile: this must be one of "development", "production".']],
    ['{"profile": null}', ['fleet-file-value «null» 0:12: profile: this must be one of "development", "production".']],
    [
      '{"targt": "3.0.0"}',
      [
        'fleet-file-unknown-key «targt» 0:2: This file has no property "targt". Did you mean "target"?',
        'fix Write target: «targt» 0:2 -> "target"',
      ],
    ],
    [
      '{"xyz": 1}',
      [
        'fleet-file-unknown-key «xyz» 0:2: This file has no property "xyz". It has: $schema, target, profile, severities, ignores, hosts, baseline.',
      ],
    ],
    [
      '{"a": 1, "b": 2}',
      [
        'fleet-file-unknown-key «a» 0:2: This file has no property "a". It has: $schema, target, profile, severities, ignores, hosts, baseline.',
        'fleet-file-unknown-key «b» 0:10: This file has no property "b". It has: $schema, target, profile, severities, ignores, hosts, baseline.',
      ],
    ],
    ['{"severities": {"dotenv-colon": "error"}}', []],
    [
      '{"severities": {"dotenv-colon": "bad"}}',
      ['fleet-file-value «bad» 0:33: severities.dotenv-colon: this must be one of "error", "warning", "info", "hint", "off".'],
    ],
    [
      '{"severities": {"dotenv-colom": "error"}}',
      [
        'fleet-file-unknown-rule «dotenv-colom» 0:17: No rule is called dotenv-colom. Did you mean dotenv-colon?',
        'fix Write dotenv-colon: «dotenv-colom» 0:17 -> "dotenv-colon"',
      ],
    ],
    ['{"severities": {"zzzzzzzz": "error"}}', ['fleet-file-unknown-rule «zzzzzzzz» 0:17: No rule is called zzzzzzzz.']],
    ['{"severities": []}', ['fleet-file-value «[» 0:15: severities: this must be an object.']],
    ['{"ignores": ["a/**", "["]}', ['fleet-file-value «[» 0:22: The pattern "[" has a [ without its ].']],
    ['{"ignores": [""]}', ['fleet-file-value «» 0:14: ignores.0: this text must not be empty.']],
    [
      '{"ignores": [1]}',
      ['fleet-file-value «1» 0:13: ignores.0: this must be a pattern, or an object with "paths" and "rules".'],
    ],
    ['{"ignores": [{"paths": ["a"], "rules": ["dotenv-colon"]}]}', []],
    [
      '{"ignores": [{"paths": [], "rules": ["dotenv-colon"]}]}',
      ['fleet-file-value «[» 0:23: ignores.0.paths: this list must not be empty.'],
    ],
    ['{"ignores": [{"paths": ["a"]}]}', ['fleet-file-value «{» 0:13: ignores.0: "rules" is missing.']],
    [
      '{"ignores": [{"path": ["a"], "rules": ["dotenv-colon", "dotenv-colom"]}]}',
      [
        'fleet-file-unknown-key «path» 0:15: ignores.0 has no property "path". Did you mean "paths"?',
        'fix Write paths: «path» 0:15 -> "paths"',
      ],
    ],
    [
      '{"ignores": [{"paths": ["["], "rules": ["x"]}]}',
      [
        'fleet-file-value «[» 0:25: The pattern "[" has a [ without its ].',
        'fleet-file-unknown-rule «x» 0:41: No rule is called x.',
      ],
    ],
    ['{"ignores": [{}]}', ['fleet-file-value «{» 0:13: ignores.0: "paths" is missing.']],
    [
      '{"ignores": [{"paths": [1], "rules": ["dotenv-colon"]}]}',
      ['fleet-file-value «1» 0:24: ignores.0.paths.0: this must be a text in double quotes.'],
    ],
    [
      '{"ignores": ["a", {"paths": ["b"], "rules": 1}, {"paths": ["c"]}]}',
      [
        'fleet-file-value «1» 0:44: ignores.1.rules: this must be a list.',
        'fleet-file-value «{» 0:48: ignores.2: "rules" is missing.',
      ],
    ],
    ['{"ignores": "a"}', ['fleet-file-value «a» 0:13: ignores: this must be a list.']],
    [
      '{"ignores": [null]}',
      ['fleet-file-value «null» 0:13: ignores.0: this must be a pattern, or an object with "paths" and "rules".'],
    ],
    [
      '{"hosts": {"h": {"processes": ["p"], "files": ["f", "["], "addresses": ["1.2.3.4"]}}}',
      ['fleet-file-value «[» 0:53: The pattern "[" has a [ without its ].'],
    ],
    [
      '{"hosts": {"h": {"process": ["p"]}}}',
      [
        'fleet-file-unknown-key «process» 0:18: hosts.h has no property "process". Did you mean "processes"?',
        'fix Write processes: «process» 0:18 -> "processes"',
      ],
    ],
    ['{"hosts": {"h": 1}}', ['fleet-file-value «1» 0:16: hosts.h: this must be an object.']],
    [
      '{"hosts": {"h": {"files": [1, "x"]}}}',
      ['fleet-file-value «1» 0:27: hosts.h.files.0: this must be a text in double quotes.'],
    ],
    ['{"hosts": []}', ['fleet-file-value «[» 0:10: hosts: this must be an object.']],
    ['{"hosts": {"h": {"addresses": [""]}}}', ['fleet-file-value «» 0:32: hosts.h.addresses.0: this text must not be empty.']],
    ['{"baseline": "b.json"}', []],
    ['{"baseline": 1}', ['fleet-file-value «1» 0:13: baseline: this must be a text in double quotes.']],
    ['{"baseline": ""}', ['fleet-file-value «» 0:14: baseline: this text must not be empty.']],
    [
      '{"target": "3.0.0", "target": "2.0.0"}',
      ['fleet-file-syntax «target» 0:2: "target" stands here twice; the last one counts.'],
    ],
    ['{"hosts": {"h": {}, "h": {}}}', ['fleet-file-syntax «h» 0:12: "h" stands here twice; the last one counts.']],
    ['{"target": x}', ['fleet-file-syntax «x» 0:11: This is no JSON value. Texts stand in double quotes.']],
    ['{"target": }', ['fleet-file-syntax «\\"target\\"» 0:1: This property has no value.']],
    ['{"target": "3.0.0",}', []],
    [
      '{"target": "3.0.0" "profile": "x"}',
      [
        'fleet-file-syntax «\\"» 0:19: A comma is missing before this.',
        'fleet-file-value «x» 0:31: profile: this must be one of "development", "production".',
      ],
    ],
    [
      '{\n  "profil": "production",\n  "ignores": ["a", 2, {"paths": 1, "rules": ["dotenv-colon"]}]\n}',
      [
        'fleet-file-value «2» 2:19: ignores.1: this must be a pattern, or an object with "paths" and "rules".',
        'fleet-file-value «1» 2:32: ignores.2.paths: this must be a list.',
        'fleet-file-unknown-key «profil» 1:3: This file has no property "profil". Did you mean "profile"?',
        'fix Write profile: «profil» 1:3 -> "profile"',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('jarviscore-fleet.json', text)).toEqual(expected);
  });
});
