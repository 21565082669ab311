/** What Python modules do to the process environment and tell about their agents, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('variables that a module sets', () => {
  test.each<[string, string[]]>([
    [
      'import os, jarviscore\nos.environ["A"] = "b"',
      ['A = <set 1> «\\"A\\"] = \\"b\\"» 1:11, name 1:12-13, value 1:18-21, double quotes'],
    ],
    [
      "import os, jarviscore\nos.environ['LOG_LEVEL'] = 'x'",
      ["LOG_LEVEL = \"x\" «'LOG_LEVEL'] = 'x'» 1:11, name 1:12-21, value 1:26-29, single quotes"],
    ],
    [
      'import os, jarviscore\nos.environ["A"] = 1',
      ['A = unknown: the environment takes text only «\\"A\\"] = 1» 1:11, name 1:12-13, value 1:18-19, other quotes'],
    ],
    [
      'import os, jarviscore\nos.environ["A"] = x()',
      ['A = unknown: result of a call «\\"A\\"] = x()» 1:11, name 1:12-13, value 1:18-21, other quotes'],
    ],
    [
      'import os, jarviscore\nos.environ["A"]',
      ['mark env-read "A" «os.environ[\\"A\\"]» 1:0', 'mark env-read-name "A" «A» 1:12'],
    ],
    [
      'import os, jarviscore\nos.environ["LOG_LEVEL"]: str = "x"',
      ['LOG_LEVEL = "x" «\\"LOG_LEVEL\\"]: str = \\"x\\"» 1:11, name 1:12-21, value 1:31-34, double quotes'],
    ],
    ['import os, jarviscore\nos.environ[x] = "b"', []],
    [
      'import os, jarviscore\nos.environ.setdefault("LOG_LEVEL", "b")',
      [
        'LOG_LEVEL = "b" «\\"LOG_LEVEL\\", \\"b\\"» 1:22, name 1:23-32, value 1:35-38, double quotes',
        'mark environ-setdefault "LOG_LEVEL" «\\"LOG_LEVEL\\"» 1:22',
      ],
    ],
    [
      'import os, jarviscore\nos.environ.setdefault("A")',
      ['A = unknown: not written yet «\\"A» 1:22, name 1:23-24', 'mark environ-setdefault "A" «\\"A\\"» 1:22'],
    ],
    ['import os, jarviscore\nos.environ.setdefault(a, "b")', ['mark environ-setdefault «a» 1:22']],
    ['import os, jarviscore\nos.environ.setdefault()', []],
    [
      'import os, jarviscore\nos.putenv("LOG_LEVEL", "b")',
      ['LOG_LEVEL = "b" «\\"LOG_LEVEL\\", \\"b\\"» 1:10, name 1:11-20, value 1:23-26, double quotes'],
    ],
    [
      'import os, jarviscore\nos.environ.update({"LOG_LEVEL": "b", **c}, ATHENA_URL="d")',
      [
        'LOG_LEVEL = "b" «\\"LOG_LEVEL\\": \\"b\\"» 1:19, name 1:20-29, value 1:32-35, double quotes',
        'ATHENA_URL = "d" «ATHENA_URL=\\"d\\"» 1:43, name 1:43-53, value 1:54-57, double quotes',
      ],
    ],
    ['import os, jarviscore\nos.environ.update(x)', []],
    [
      'import os, jarviscore\nos.environ.update(LOG_LEVEL=)',
      ['LOG_LEVEL = unknown: not written yet «LOG_LEVEL» 1:18, name 1:18-27'],
    ],
    ['import os, jarviscore\nos.environ.pop("A")', []],
    ['import os, jarviscore\nenviron["A"] = "b"', []],
    [
      'import os, jarviscore\nos.environ["LOG_LEVEL"] = "a" "b"',
      ['LOG_LEVEL = "ab" «\\"LOG_LEVEL\\"] = \\"a\\" \\"b\\"» 1:11, name 1:12-21, value 1:26-33, double quotes'],
    ],
    [
      'import os, jarviscore\nos.environ["OPENAI_API_KEY"] = "sk-12345678"',
      [
        'OPENAI_API_KEY = <set 11 sk- base64 base64-8> «\\"OPENAI_API_KEY\\"] = \\"sk-12345678\\"» 1:11, name 1:12-26, value 1:31-44, double quotes',
      ],
    ],
    [
      'import os, jarviscore\nos.environ["LOG_LEVEL"] += "x"',
      ['mark env-read "LOG_LEVEL" «os.environ[\\"LOG_LEVEL\\"]» 1:0', 'mark env-read-name "LOG_LEVEL" «LOG_LEVEL» 1:12'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('app.py', text)).toEqual(expected);
  });
});

describe('reads and env files', () => {
  test.each<[string, string[]]>([
    ['import os, jarviscore\nload_dotenv()', ['mark load_dotenv "" «load_dotenv()» 1:0']],
    ['import os, jarviscore\nload_dotenv("a.env")', ['mark load_dotenv "a.env" «load_dotenv(\\"a.env\\")» 1:0']],
    [
      'import os, jarviscore\nload_dotenv(dotenv_path="a.env", override=True)',
      [
        'mark load_dotenv-override «load_dotenv(dotenv_path=\\"a.env\\", override=True)» 1:0',
        'mark load_dotenv "a.env" «load_dotenv(dotenv_path=\\"a.env\\", override=True)» 1:0',
      ],
    ],
    [
      'import os, jarviscore\nload_dotenv(Path(__file__).parent / "conf" / "b.env", override=False)',
      ['mark load_dotenv "b.env" «load_dotenv(Path(__file__).parent / \\"conf\\" / \\"b.env\\", override=False)» 1:0'],
    ],
    ['import os, jarviscore\nload_dotenv(find())', ['mark load_dotenv "?" «load_dotenv(find())» 1:0']],
    ['import os, jarviscore\nload_dotenv(verbose=True)', ['mark load_dotenv "" «load_dotenv(verbose=True)» 1:0']],
    ['import os, jarviscore\nload_dotenv("a" + ".env")', ['mark load_dotenv "a.env" «load_dotenv(\\"a\\" + \\".env\\")» 1:0']],
    ['import os, jarviscore\ndotenv.load_dotenv(x)', ['mark load_dotenv "?" «dotenv.load_dotenv(x)» 1:0']],
    [
      'import os, jarviscore\ndotenv.main.load_dotenv("c", 1)',
      ['mark load_dotenv "c" «dotenv.main.load_dotenv(\\"c\\", 1)» 1:0'],
    ],
    [
      'import os, jarviscore\na = os.getenv("A")',
      ['mark env-read "A" «os.getenv(\\"A\\")» 1:4', 'mark env-read-name "A" «A» 1:15'],
    ],
    [
      "import os, jarviscore\nb = os.environ.get('B', '1')",
      ["mark env-read \"B\" «os.environ.get('B', '1')» 1:4", 'mark env-read-name "B" «B» 1:20'],
    ],
    [
      'import os, jarviscore\nc = os.environ["C"]',
      ['mark env-read "C" «os.environ[\\"C\\"]» 1:4', 'mark env-read-name "C" «C» 1:16'],
    ],
    ['import os, jarviscore\nos.getenv("A"\n  "B")', []],
    ['import os, jarviscore\nx.getenv("A")', []],
    ['import os, jarviscore\nos.getenv("\\x41")', ['mark env-read "A" «os.getenv(\\"\\\\x41\\")» 1:0']],
  ])('%j', (text, expected) => {
    expect(shown('app.py', text)).toEqual(expected);
  });
});

describe('agents, flags and imports', () => {
  test.each<[string, string[]]>([
    ['# jarviscore\nclass A(Agent):\n  role = "r"', ['mark class "A" «A» 1:6', 'mark agent-role "A r" «role = \\"r\\"» 2:2']],
    [
      '# jarviscore\nclass A:\n  role: str = "r"\n  other = "x"',
      ['mark class "A" «A» 1:6', 'mark agent-role "A r" «role: str = \\"r\\"» 2:2'],
    ],
    ['# jarviscore\nclass A:\n  role = ""', ['mark class "A" «A» 1:6']],
    ['# jarviscore\nclass A:\n  role = x()', ['mark class "A" «A» 1:6']],
    ['# jarviscore\nclass A:\n  def f(self):\n    role = "r"', ['mark class "A" «A» 1:6']],
    ['# jarviscore\nclass A: pass', ['mark class "A" «A» 1:6']],
    ['# jarviscore\nrole = "r"', []],
    ['# jarviscore\nmesh.add(A)', ['mark agent-added "A" «A» 1:9']],
    ['# jarviscore\nmesh.add(A())', ['mark agent-added "A" «A» 1:9']],
    ['# jarviscore\nmesh.add(a)', []],
    ['# jarviscore\nmesh.add()', []],
    ['# jarviscore\nmesh.add(b.A)', []],
    ['# jarviscore\nmesh.remove(A)', []],
    ['# jarviscore\nadd(A)', []],
    ['# jarviscore\nrequires_auth = True', ['mark requires_auth "True" «requires_auth = True» 1:0']],
    [
      '# jarviscore\nclass A:\n  requires_auth = False # c\n  p2p_responder: bool = True\n  default_kernel_role = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
      [
        'mark class "A" «A» 1:6',
        'mark requires_auth "False" «requires_auth = False» 2:2',
        'mark p2p_responder "True" «p2p_responder: bool = True» 3:2',
        'mark default_kernel_role "\\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" «default_kernel_role = \\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\\"» 4:2',
      ],
    ],
    ['# jarviscore\nrequires_auth', []],
    ['# jarviscore\nmesh.serve_forever()', ['mark serve_forever «serve_forever» 1:5']],
    [
      '# jarviscore\nmesh.run_forever(1)\nself.peers.notify(x)\nbroadcast()\nm.broadcast',
      ['mark run_forever «run_forever» 1:5', 'mark notify «notify» 2:11'],
    ],
    [
      '# jarviscore\nimport jarviscore.core\nimport os\nfrom swim import x\nfrom dotenv.main import y\nfrom swimming import z\nfrom .jarviscore import a\nimport swim.b as c, dotenv',
      [
        'mark import "jarviscore.core" «import jarviscore.core» 1:0',
        'mark import "swim" «from swim import x» 3:0',
        'mark import "dotenv.main" «from dotenv.main import y» 4:0',
        'mark import "swim.b" «import swim.b as c, dotenv» 7:0',
      ],
    ],
    [
      '# jarviscore\nfrom jarviscore import (\n  A,\n  B as C,\n)',
      ['mark import "jarviscore" «from jarviscore import (\\n  A,\\n  B as C,\\n)» 1:0'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('app.py', text)).toEqual(expected);
  });
});

describe('suppressions', () => {
  test.each<[string, string[]]>([
    [
      '# jarviscore: ignore\nMesh()',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:5-5 "config={" "}"',
        'line 1 silences [] «# jarviscore: ignore» 0:0',
      ],
    ],
    ['"""\n# jarviscore: ignore\n"""', []],
    ['x = 1 # jarviscore: ignore', []],
    [
      '# jarviscore: ignore a, b -- why\n# jarviscore:ignore c\ny = 2',
      [
        'line 2 silences [a «a» 0:21, b «b» 0:24] «# jarviscore: ignore a, b -- why» 0:0',
        'line 2 silences [c «c» 1:20] «# jarviscore:ignore c» 1:0',
      ],
    ],
    ['#jarviscore: ignorea', []],
    ['os.x # $jarviscore\ny = "$(a"\n  # jarviscore: ignore z', ['line 3 silences [z «z» 2:23] «# jarviscore: ignore z» 2:2']],
  ])('%j', (text, expected) => {
    expect(shown('app.py', text)).toEqual(expected);
  });
});
