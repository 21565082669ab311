// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** The variables a document reads and the files it names, each at its place. */
import { describe, expect, test } from 'vitest';
import { shownMentions } from './shown.ts';

describe('env files', () => {
  test.each<[string, string[]]>([
    ['A=${B}', ['reads B «B» 0:4 own-file']],
    ['A=${B}${C:-d}', ['reads B «B» 0:4 own-file', 'reads C «C» 0:8 own-file']],
    ["A='${B}'", ['reads B «B» 0:5 own-file']],
    ['A="x${B}\n${C}"', ['reads B «B» 0:6 own-file', 'reads C «C» 1:2 own-file']],
    ['A=$B', []],
    ['A=${B:x}', []],
    ['A=${1B}', []],
    ['A=${B', []],
    ['A=${_b1}', ['reads _b1 «_b1» 0:4 own-file']],
    ['A=${B-c}', []],
    ['# ${B}', []],
    ['A=1 # ${B}', []],
    ['A', []],
    ['A=${B}\r\nC=${D}', ['reads B «B» 0:4 own-file', 'reads D «D» 1:4 own-file']],
    ['A=\nB=${A}', ['reads A «A» 1:4 own-file']],
  ])('%j', (text, expected) => {
    expect(shownMentions('.env', text)).toEqual(expected);
  });
});

describe('shell scripts', () => {
  test.each<[string, string[]]>([
    [
      'echo $A ${B} "${C:-x}" \'$D\' \\$E $$ $1',
      ['reads A «A» 0:6 process', 'reads B «B» 0:10 process', 'reads C «C» 0:16 process'],
    ],
    ['# $A\necho $B # $C', ['reads B «B» 1:6 process']],
    ['A=1\necho $A', []],
    ['A=1 python a.py\necho $A', ['reads A «A» 1:6 process', 'writes A «A» 0:0 process']],
    ['export P2P_A=1\nexport P2P_A=2\npython a.py', ['writes P2P_A «P2P_A» 0:7 process', 'writes P2P_A «P2P_A» 1:7 process']],
    ['for A in b; do echo $A $B; done', ['reads B «B» 0:24 process']],
    ['read -r A\nread B; echo $A $B', []],
    ['echo ${A:-${B}}', ['reads A «A» 0:7 process', 'reads B «B» 0:12 process']],
    ['"$A"', ['reads A «A» 0:2 process']],
    ['echo "a\\"$A" $B', ['reads A «A» 0:10 process', 'reads B «B» 0:14 process']],
    ["echo 'a' $A", ['reads A «A» 0:10 process']],
    ["echo 'a $A", []],
    ['A+=x\necho $A', []],
    ['x=A=1 echo $A', ['reads A «A» 0:12 process']],
    ['(A=1; echo $A)', []],
    ['source a.env\n. $B/c', ['reads B «B» 1:3 process']],
    ['$', []],
    ['`A=1` $A', []],
    ['echo a#$A', ['reads A «A» 0:8 process']],
    ['#$A', []],
    ['echo \\', []],
    ['P2P_A=$P2P_A python a.py', ['reads P2P_A «P2P_A» 0:7 process', 'writes P2P_A «P2P_A» 0:0 process']],
    ['"A=1" $A', ['reads A «A» 0:7 process']],
    ['echo "$A"\'$B\'"$C"', ['reads A «A» 0:7 process', 'reads C «C» 0:15 process']],
  ])('%j', (text, expected) => {
    expect(shownMentions('a.sh', text)).toEqual(expected);
  });
});

describe('Python modules', () => {
  test.each<[string, string[]]>([
    ['import os\nos.getenv("A")', ['reads A «A» 1:11 process']],
    ["import os\nos.environ.get('A', 1)", ['reads A «A» 1:16 process']],
    ['import os\nos.environ["A"]', ['reads A «A» 1:12 process']],
    ['import os\nos.environ["A"] = 1', []],
    ['import os\nos.environ["A"] = os.environ["B"]', ['reads B «B» 1:30 process']],
    ['import os\nos.environ.pop("A")', ['reads A «A» 1:16 process']],
    ['import os\n"A" in os.environ', ['reads A «A» 1:1 process']],
    ['import os\n"A" not in os.environ', ['reads A «A» 1:1 process']],
    ['import os\nx in os.environ', []],
    ['import os\n"A" in x', []],
    ['import os\nos.getenv("A" "B")', ['reads AB «\\"A\\" \\"B\\"» 1:10 process about']],
    ['import os\nos.getenv("\\x41")', ['reads A «\\"\\\\x41\\"» 1:10 process about']],
    ['import os\nN = "A"\nos.getenv(N)', ['reads A «N» 2:10 process about']],
    ['import os\nos.getenv(f"A")', ['reads A «f\\"A\\"» 1:10 process about']],
    ['import os\nos.getenv(x)', []],
    ['import os\nos.getenv("")', []],
    ['import os\nos.getenv()', []],
    [
      'import os\nfrom os import getenv, environ\ngetenv("A"); environ["B"]; environ.pop("C")',
      ['reads A «A» 2:8 process', 'reads B «B» 2:22 process', 'reads C «C» 2:40 process'],
    ],
    ['import os\nfrom os import environ as e\ne["A"]', ['reads A «A» 2:3 process']],
    ['import os\nx.getenv("A")', []],
    ['import os\na[os.environ["A"]] = 1', ['reads A «A» 1:14 process']],
    ['import os\nload_dotenv("a.env")', ['load-dotenv a.env «a.env» 1:13']],
    ['import os\nload_dotenv(dotenv_path=Path("x") / "b.env")', ['load-dotenv b.env «b.env» 1:37']],
    ['import os\nload_dotenv(verbose=True)', []],
    ['import os\nload_dotenv("")', []],
    ['import os\nload_dotenv("\\x41")', []],
    ['import os\ndotenv.load_dotenv("a", "b")', ['load-dotenv a «a» 1:20']],
    ['import os\ndotenv.main.load_dotenv(x)', []],
    ['import os\nfrom dotenv import load_dotenv as l\nl("c.env")', ['load-dotenv c.env «c.env» 2:3']],
    ['import os\nos.environ[b"A"]', []],
    ['import os\nos.environ["A"]: str = "x"', []],
    ['import os\nf"{os.environ[\'A\']}"', ['reads A «A» 1:15 process']],
    ['import os\nos.getenv("""A""")', ['reads A «A» 1:13 process']],
    ['import os\nos.getenv(r"A")', ['reads A «A» 1:12 process']],
  ])('%j', (text, expected) => {
    expect(shownMentions('a.py', text)).toEqual(expected);
  });
});

describe('compose files', () => {
  test.each<[string, string[]]>([
    [
      'services:\n  a:\n    image: i:$V ${W:-${X}} # $Y\n    command: "$$Z"',
      ['reads V «V» 2:14 beside', 'reads W «W» 2:18 beside', 'reads X «X» 2:23 beside'],
    ],
    ['services: {a: {extends: {file: x.yaml, service: b}}, c: {extends: a}}', ['extends x.yaml «x.yaml» 0:31']],
    [
      'include: [a.yaml, {path: [b.yaml, c.yaml], env_file: d}, {path: e, env_file: [f, ""]}]\nservices: {}',
      [
        'include a.yaml «a.yaml» 0:10',
        'include b.yaml «b.yaml» 0:26',
        'include c.yaml «c.yaml» 0:34',
        'include d «d» 0:53',
        'include e «e» 0:64',
        'include f «f» 0:78',
      ],
    ],
    ['services:\n  $A: {image: i}', ['reads A «A» 1:3 beside']],
    ["services: {a: {command: '$A'}}", ['reads A «A» 0:26 beside']],
    ['services: {a: {image: i}}', []],
    ['a: &a [*a]\nb: $C', []],
    [
      'services:\n  a:\n    command: |\n      $A # $B\n    image: ${C',
      ['reads A «A» 3:7 beside', 'reads B «B» 3:12 beside', 'reads C «C» 4:13 beside'],
    ],
    ['---\nx: $A\n...\n---\ny: $B', ['reads A «A» 1:4 beside', 'reads B «B» 4:4 beside']],
    ['services: {a: {image: $A}}\r\n', ['reads A «A» 0:23 beside']],
  ])('%j', (text, expected) => {
    expect(shownMentions('compose.yaml', text)).toEqual(expected);
  });
});

describe('manifests', () => {
  test.each<[string, string[]]>([
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - args: ["$(A)", $$(B), "$(C)x$(D)"] # $(E)\n    env:\n    - {name: F, valueFrom: {configMapKeyRef: {name: m, key: k}}}\n    - {name: G, valueFrom: {secretKeyRef: {name: s, key: "l"}}}\n    - {name: H, valueFrom: {secretKeyRef: {key: l}}}\n    - {name: I, valueFrom: {secretKeyRef: {name: l}}}\n    - {name: J, valueFrom: {secretKeyRef: x}}\n    - {name: K, valueFrom: {configMapKeyRef: {name: m, key: ""}}}\n    - {name: L, valueFrom: {fieldRef: {fieldPath: a}}}',
      [
        'reads A «A» 5:14 process',
        'reads C «C» 5:29 process',
        'reads D «D» 5:34 process',
        'reads k «k» 7:60 source config-map:m',
        'reads l «\\"l\\"» 8:57 source secret:s',
      ],
    ],
    ['apiVersion: v1\nkind: ConfigMap\ndata: {A: $(B), C: $D, E: $(1)}', ['reads B «B» 2:12 process']],
  ])('%j', (text, expected) => {
    expect(shownMentions('k8s.yaml', text)).toEqual(expected);
  });
});

describe('units', () => {
  test.each<[string, string[]]>([
    [
      '[Service]\nExecStart=/x $A ${B} $$C\nExecStartPre=-/y ${D}\nEnvironment=E=$F\nUnsetEnvironment=G H=1\n[Unit]\nExecStart=$I',
      [
        'reads A «A» 1:14 process',
        'reads B «B» 1:18 process',
        'reads D «D» 2:19 process',
        'reads G «G» 4:17 process',
        'reads H «H» 4:19 process',
      ],
    ],
    ['ExecStart=$A', []],
  ])('%j', (text, expected) => {
    expect(shownMentions('a.service', text)).toEqual(expected);
  });
});

describe('images and editors', () => {
  test.each<[string, string[]]>([
    [
      'FROM a:$V\nENV A=$B ${C:-d}\n# $E\nRUN echo $F\nCOPY .env .',
      [
        'reads V «V» 0:8 process',
        'reads B «B» 1:7 process',
        'reads C «C» 1:11 process',
        'reads F «F» 3:10 process',
        'copied .env «.env» 4:5',
      ],
    ],
    ['FROM a', []],
  ])('%j', (text, expected) => {
    expect(shownMentions('Dockerfile', text)).toEqual(expected);
  });
});

describe('launch files', () => {
  test.each<[string, string[]]>([
    [
      '{"configurations": [{"env": {"A": "${env:B}${env:C}", "D": "${E}", "F": "${env:1}"}}]}',
      ['reads B «B» 0:41 process', 'reads C «C» 0:49 process'],
    ],
    ['{}', []],
  ])('%j', (text, expected) => {
    expect(shownMentions('.vscode/launch.json', text)).toEqual(expected);
  });
});
