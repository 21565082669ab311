import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequirements } from '#server/config/readers/requirements.ts';

const requirements = (name: string, text: string): string[] =>
  readRequirements(`file:///w/${name}`, name, text).requirements.map(
    ({ distribution, extras, specifier, source }) => `${distribution}[${extras.join(',')}]${specifier} ${source}`,
  );

const pyproject = `[project]
name = "my-agents"
dependencies = [
    "httpx>=0.27",
    # "jarviscore-framework==1.0.2",
    "jarviscore-framework[p2p]==2.4.1; python_version < '3.13'", # why jarviscore
]
keywords = [
    "jarviscore",
]

[project.optional-dependencies]
redis = ["jarviscore-framework[redis]>=2"]

[project.scripts]
jarviscore = "my_agents.cli:main"

[tool.setuptools.package-data]
jarviscore = [
    "data/*.env",
]

[tool.uv]
constraint-dependencies = ["jarviscore-framework<3"]

[dependency-groups]
dev = ["jarviscore-framework[p2p]", {include-group = "test"}]
`;

describe('pyproject.toml', () => {
  test('only tables of requirements hold requirements', () => {
    expect(requirements('pyproject.toml', pyproject)).toEqual([
      'jarviscore-framework[p2p]==2.4.1 requirement',
      'jarviscore-framework[redis]>=2 requirement',
      'jarviscore-framework[]<3 requirement',
      'jarviscore-framework[p2p] requirement',
    ]);
  });

  test('the project does not require itself', () => {
    const text =
      '[project]\nname = "JarvisCore_Framework"\n[project.optional-dependencies]\nfull = ["jarviscore-framework[p2p,redis]"]\n';
    expect(requirements('pyproject.toml', text)).toEqual([]);
  });

  test.each([
    ['[tool.poetry.dependencies]\njarviscore-framework = "^3.0"', 'jarviscore-framework[]^3.0 requirement'],
    [
      '[tool.poetry.group.dev.dependencies.jarviscore-framework]\nversion = "2.4.1"\nextras = ["p2p"]\n[tool.x]\nversion = "9"',
      'jarviscore-framework[p2p]2.4.1 requirement',
    ],
    [
      '[tool.poetry.dependencies]\njarviscore-framework = [\n  {version = "3.0.0", python = ">=3.12", extras = ["p2p"]},\n  {version = "1.5.1", python = "<3.12"},\n]',
      'jarviscore-framework[p2p]3.0.0||1.5.1 requirement',
    ],
    ['[tool.hatch.envs.default]\ndependencies = ["jarviscore-framework==3.0.0"]', 'jarviscore-framework[]==3.0.0 requirement'],
    [
      '[project]\noptional-dependencies = { all = ["jarviscore-framework[p2p]==3.0.0"] }',
      'jarviscore-framework[p2p]==3.0.0 requirement',
    ],
    // An array that is not closed yet does not swallow what follows.
    ['[project]\nkeywords = [\ndependencies = ["jarviscore-framework==3.0.0"', 'jarviscore-framework[]==3.0.0 requirement'],
    [
      '[project]\ndescription = """\n[tool.x]\n"""\ndependencies = ["jarviscore-framework==1.0.2"]',
      'jarviscore-framework[]==1.0.2 requirement',
    ],
  ])('%s', (text, expected) => {
    expect(requirements('pyproject.toml', text)).toEqual([expected]);
  });

  test.each([
    '[tool.pytest.ini_options]\naddopts = ["jarviscore"]',
    '[tool.ruff.lint.isort]\nknown-first-party = ["jarviscore"]',
    '[tool.mypy]\npackages = ["jarviscore"]',
    '[[tool.mypy.overrides]]\nmodule = "jarviscore.*"',
    '[project.urls]\njarviscore = "https://pypi.org/project/jarviscore-framework"',
  ])('is none in %s', (text) => {
    expect(requirements('pyproject.toml', text)).toEqual([]);
  });
});

test('requirements with hashes, markers, direct archives and lock files', () => {
  const text =
    'jarviscore-framework[p2p]==3.0.0 ; python_version >= "3.11" \\\n    --hash=sha256:abc \\\n    --hash=sha256:def\n' +
    'jarviscore-framework @ https://files.example/jarviscore_framework-2.4.1-py3-none-any.whl\n-r jarviscore.txt\n';
  expect(requirements('requirements.txt', text)).toEqual([
    'jarviscore-framework[p2p]==3.0.0 requirement',
    'jarviscore-framework[]==2.4.1 requirement',
  ]);
  const uv =
    '[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = [\n  { name = "jarviscore-framework", extra = ["p2p"] },\n]\n\n[package.metadata]\nrequires-dist = [{ name = "jarviscore-framework", extras = ["p2p"], specifier = ">=2" }]\n\n[[package]]\nname = "jarviscore-framework"\nversion = "3.0.0"\nsource = { registry = "x" }\n';
  expect(requirements('uv.lock', uv)).toEqual(['jarviscore-framework[]==3.0.0 lock']);
  const pipfile =
    '{"default": {"jarviscore-framework": {"extras": ["p2p"], "hashes": ["sha256:a"], "index": "pypi", "markers": "python_version >= \'3.10\'", "version": "==2.4.1"}}}';
  expect(requirements('Pipfile.lock', pipfile)).toEqual(['jarviscore-framework[]==2.4.1 lock']);
  expect(requirements('Pipfile', '[packages]\njarviscore-framework = {version = "*", extras = ["p2p"]}\n')).toEqual([
    'jarviscore-framework[p2p]* requirement',
  ]);
});

test('a prefix of a file never throws and keeps the requirements whose statement is complete', () => {
  const whole = requirements('pyproject.toml', pyproject);
  const ends = whole.map((_, i) => {
    for (let to = 0; to <= pyproject.length; to++) {
      if (requirements('pyproject.toml', pyproject.slice(0, to)).length > i) return to;
    }
    return pyproject.length;
  });
  fc.assert(
    fc.property(fc.nat(pyproject.length), (to) => {
      const read = requirements('pyproject.toml', pyproject.slice(0, to));
      const complete = ends.filter((end) => pyproject.indexOf('\n', end) < to).length;
      expect(read.slice(0, complete)).toEqual(whole.slice(0, complete));
    }),
    { numRuns: 400 },
  );
});

test('hostile text ends soon', () => {
  const started = process.cpuUsage();
  for (const piece of ['"', "'", '"""', '[', ']', 'a = [', '\\"', '#', '.', '= '])
    readRequirements(
      'file:///w/pyproject.toml',
      'pyproject.toml',
      `jarviscore = [${piece.repeat(400_000)}\njarviscore-framework`,
    );
  const { user } = process.cpuUsage(started);
  expect(user / 1000 / 10).toBeLessThan(2000);
});
