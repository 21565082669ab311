/** Project and lock files, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('pyproject.toml', () => {
  test.each<[string, string[]]>([
    [
      '[project]\ndependencies = ["jarviscore-framework[p2p]>=3,<4", \'swim-p2p\']\n',
      [
        'requirement jarviscore-framework[p2p]>=3,<4 «jarviscore-framework[p2p]>=3,<4» 1:17',
        'requirement swim-p2p[] «swim-p2p» 1:52',
      ],
    ],
    [
      '[project]\ndependencies = [\n  "jarviscore-framework==3.0.0", # c\n  # "jarviscore==1",\n]\n',
      ['requirement jarviscore-framework[]==3.0.0 «jarviscore-framework==3.0.0» 2:3'],
    ],
    ['[project]\nname = "jarviscore"\ndependencies = ["jarviscore==1", "swim-p2p"]', ['requirement swim-p2p[] «swim-p2p» 2:34']],
    ['[tool.poetry]\nname = "jarviscore"\n[project]\ndependencies = ["jarviscore==1"]', []],
    [
      '[other]\nname = "jarviscore"\n[project]\ndependencies = ["jarviscore==1"]',
      ['requirement jarviscore[]==1 «jarviscore==1» 3:17'],
    ],
    [
      '[project.optional-dependencies]\nx = ["jarviscore-framework"]',
      ['requirement jarviscore-framework[] «jarviscore-framework» 1:6'],
    ],
    [
      '[project]\noptional-dependencies.x = ["jarviscore-framework"]',
      ['requirement jarviscore-framework[] «jarviscore-framework» 1:28'],
    ],
    ['[dependency-groups]\ndev = ["jarviscore-framework"]', ['requirement jarviscore-framework[] «jarviscore-framework» 1:8']],
    [
      '[tool.uv]\ndev-dependencies = ["jarviscore-framework"]\nconstraint-dependencies = ["swim-p2p"]\nsources = ["jarviscore"]',
      ['requirement jarviscore-framework[] «jarviscore-framework» 1:21', 'requirement swim-p2p[] «swim-p2p» 2:28'],
    ],
    [
      '[tool.hatch.envs.default]\ndependencies = ["jarviscore-framework"]\nextra-dependencies = ["swim-p2p"]',
      ['requirement jarviscore-framework[] «jarviscore-framework» 1:17', 'requirement swim-p2p[] «swim-p2p» 2:23'],
    ],
    [
      '[tool.pdm.dev-dependencies]\nx = ["jarviscore-framework"]',
      ['requirement jarviscore-framework[] «jarviscore-framework» 1:6'],
    ],
    ['[project]\nkeywords = ["jarviscore"]\ndescription = "jarviscore"', []],
    [
      '[tool.poetry.dependencies]\njarviscore-framework = "^3.0"\npython = ">=3.10"\n"swim-p2p" = \'1\'',
      [
        'requirement jarviscore-framework[]^3.0 «jarviscore-framework = \\"^3.0\\"» 1:0',
        "requirement swim-p2p[]1 «swim-p2p\\\" = '1'» 3:1",
        'mark requires-python ">=3.10" «>=3.10» 2:10',
      ],
    ],
    [
      '[tool.poetry.dependencies]\njarviscore-framework = {version = "^3.0", extras = ["p2p", \'x\']}',
      [
        'requirement jarviscore-framework[p2p,x]^3.0 «jarviscore-framework = {version = \\"^3.0\\", extras = [\\"p2p\\", \'x\']}» 1:0',
      ],
    ],
    [
      '[tool.poetry.dependencies]\njarviscore-framework = {path = "../x"}',
      ['requirement jarviscore-framework[] «jarviscore-framework = {path = \\"../x\\"}» 1:0'],
    ],
    [
      '[tool.poetry.dependencies]\njarviscore-framework = [{version = "1", python = "<3"}, {version = "1", extras = ["p2p"]}]',
      [
        'requirement jarviscore-framework[p2p]1 «jarviscore-framework = [{version = \\"1\\", python = \\"<3\\"}, {version = \\"1\\", extras = [\\"p2p\\"]}]» 1:0',
      ],
    ],
    [
      '[tool.poetry.dependencies]\njarviscore-framework = [\n  {version = "1"},\n  {version = "2"},\n]',
      [
        'requirement jarviscore-framework[]1||2 «jarviscore-framework = [\\n  {version = \\"1\\"},\\n  {version = \\"2\\"},\\n]» 1:0',
      ],
    ],
    ['[tool.poetry.dependencies]\njarviscore-framework = 3', []],
    [
      '[tool.poetry.group.dev.dependencies]\njarviscore-framework = "*"',
      ['requirement jarviscore-framework[]* «jarviscore-framework = \\"*\\"» 1:0'],
    ],
    [
      '[tool.poetry.dev-dependencies]\njarviscore-framework = "*"',
      ['requirement jarviscore-framework[]* «jarviscore-framework = \\"*\\"» 1:0'],
    ],
    [
      '[tool.poetry.dependencies.jarviscore-framework]\nversion = "^3.0"\nextras = ["p2p"]\n[x]\nversion = "9"',
      ['requirement jarviscore-framework[p2p]^3.0 «jarviscore-framework» 0:26'],
    ],
    [
      '[tool.poetry.dependencies."jarviscore-framework"]\nversion = "1"',
      ['requirement jarviscore-framework[]1 «jarviscore-framework» 0:27'],
    ],
    ['[tool.poetry.extras]\nx = ["jarviscore-framework"]', []],
    [
      '[tool.pixi.pypi-dependencies]\njarviscore-framework = ">=1"',
      ['requirement jarviscore-framework[]>=1 «jarviscore-framework = \\">=1\\"» 1:0'],
    ],
    ['[tool.other]\njarviscore-framework = "1"', []],
    [
      '[project]\nrequires-python = ">=3.10"\ndependencies = ["jarviscore-framework"]',
      ['requirement jarviscore-framework[] «jarviscore-framework» 2:17', 'mark requires-python ">=3.10" «>=3.10» 1:19'],
    ],
    ["requires-python = '>=3' # c", ['mark requires-python ">=3" «>=3» 0:19']],
    [
      '[project]\ndependencies = ["x", "jarviscore-framework>=1"',
      ['requirement jarviscore-framework[]>=1 «jarviscore-framework>=1» 1:22'],
    ],
    [
      '[project]\ndescription = """\ndependencies = ["jarviscore"]\n"""\ndependencies = ["swim-p2p"]',
      ['requirement swim-p2p[] «swim-p2p» 4:17'],
    ],
    ['[project]\r\ndependencies = ["jarviscore>=1"]\r\n', ['requirement jarviscore[]>=1 «jarviscore>=1» 1:17']],
    ['[[tool.x]]\ndependencies = ["jarviscore"]', []],
    ['[ project ]\n dependencies = [ "jarviscore" ]', ['requirement jarviscore[] «jarviscore» 1:19']],
  ])('%j', (text, expected) => {
    expect(shown('pyproject.toml', text)).toEqual(expected);
  });
});

describe('Pipfile', () => {
  test.each<[string, string[]]>([
    [
      '[packages]\njarviscore-framework = "==3.0"\n[dev-packages]\nswim-p2p = {version = "*"}\n[requires]\npython_version = "3.12"',
      [
        'requirement jarviscore-framework[]==3.0 «jarviscore-framework = \\"==3.0\\"» 1:0',
        'requirement swim-p2p[]* «swim-p2p = {version = \\"*\\"}» 3:0',
        'mark requires-python "3.12" «3.12» 5:18',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('Pipfile', text)).toEqual(expected);
  });
});

describe('lock files', () => {
  test.each<[string, string[]]>([
    [
      '[[package]]\nname = "jarviscore-framework"\nversion = "3.0.0"\n',
      ['lock jarviscore-framework[]==3.0.0 «jarviscore-framework» 1:8'],
    ],
    ['name = "jarviscore-framework"\nsource = "x"\nversion="3"\n', ['lock jarviscore-framework[]==3 «jarviscore-framework» 0:8']],
    ['name = "jarviscore-framework"\n[[package]]\nversion = "3"', []],
    ['dependencies = [{name = "jarviscore-framework"}]', []],
    ["name = 'jarviscore-framework'\nversion = '3'", ['lock jarviscore-framework[]==3 «jarviscore-framework» 0:8']],
    ['name = "jarviscore-framework"', []],
    [
      'name = "jarviscore-framework"\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nversion = "3"',
      ['lock jarviscore-framework[]==3 «jarviscore-framework» 0:8'],
    ],
    [
      'name = "jarviscore-framework"\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nversion = "3"',
      [],
    ],
    [
      '# jarviscore: ignore a\nname = "jarviscore"\nversion = "1"',
      ['line 1 silences [a «a» 0:21] «# jarviscore: ignore a» 0:0', 'lock jarviscore[]==1 «jarviscore» 1:8'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('uv.lock', text)).toEqual(expected);
  });
});

describe('Pipfile.lock', () => {
  test.each<[string, string[]]>([
    [
      '{"default": {"jarviscore-framework": {"hashes": [], "version": "==3.0.0"}}}',
      ['lock jarviscore-framework[]==3.0.0 «jarviscore-framework» 0:14'],
    ],
    ['{"default": {"jarviscore-framework": {"version": "3.0.0"}}}', []],
    ['{"default": {"jarviscore-framework": {}, "x": {"version": "==1"}}}', []],
    ['{"_meta": "jarviscore-framework"}', []],
  ])('%j', (text, expected) => {
    expect(shown('Pipfile.lock', text)).toEqual(expected);
  });
});
