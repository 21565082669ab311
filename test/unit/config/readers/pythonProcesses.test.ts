/** Constructions of Python modules that make a process a node, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('what counts as a construction', () => {
  test.each<[string, string[]]>([
    [
      'from jarviscore import Mesh\nMesh()',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:5-5 "config={" "}"',
        'mark import "jarviscore" «from jarviscore import Mesh» 0:0',
      ],
    ],
    [
      'from jarviscore import Mesh\nMesh()\n',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:5-5 "config={" "}"',
        'mark import "jarviscore" «from jarviscore import Mesh» 0:0',
      ],
    ],
    ['from jarviscore import Mesh\na.Mesh()', ['mark import "jarviscore" «from jarviscore import Mesh» 0:0']],
    [
      'import jarviscore\nmesh = jarviscore.Mesh()',
      [
        'process mesh:0 (mesh) "app" «jarviscore.Mesh(» 1:7',
        'insert at 1:23-23 "config={" "}"',
        'mark import "jarviscore" «import jarviscore» 0:0',
      ],
    ],
    [
      'import jarviscore as j\nj.Mesh()',
      [
        'process mesh:0 (mesh) "app" «j.Mesh(» 1:0',
        'insert at 1:7-7 "config={" "}"',
        'mark import "jarviscore" «import jarviscore as j» 0:0',
      ],
    ],
    [
      'import jarviscore\njarviscore.core.mesh.Mesh()',
      [
        'process mesh:0 (mesh) "app" «jarviscore.core.mesh.Mesh(» 1:0',
        'insert at 1:26-26 "config={" "}"',
        'mark import "jarviscore" «import jarviscore» 0:0',
      ],
    ],
    [
      'from jarviscore.core.mesh import Mesh as M\nM(config={})',
      [
        'process mesh:0 (mesh) "app" «M(» 1:0',
        'insert at 1:10-10 "" ""',
        'fact config literal {} «config={}» 1:2, value 1:9-11',
        'mark import "jarviscore.core.mesh" «from jarviscore.core.mesh import Mesh as M» 0:0',
      ],
    ],
    ['# jarviscore\nMesh()', ['process mesh:0 (mesh) "app" «Mesh(» 1:0', 'insert at 1:5-5 "config={" "}"']],
    ['# jarviscore\nclass Mesh: pass\nMesh()', ['mark class "Mesh" «Mesh» 1:6']],
    ['from other import Mesh # jarviscore\nMesh()', []],
    ['Mesh()', []],
    [
      'from jarviscore import *\nMesh()',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:5-5 "config={" "}"',
        'mark import "jarviscore" «from jarviscore import *» 0:0',
      ],
    ],
    [
      'from jarviscore import JarvisLifespan\nJarvisLifespan()',
      [
        'process lifespan:0 (lifespan) "app" «JarvisLifespan(» 1:0',
        'mark import "jarviscore" «from jarviscore import JarvisLifespan» 0:0',
      ],
    ],
    [
      'await agent.join_mesh()',
      ['process join-mesh:0 (join-mesh) "app" «agent.join_mesh(» 0:6', 'insert at 0:22-22 "config={" "}"'],
    ],
    ['join_mesh()', []],
    [
      'x().join_mesh("h:1")',
      [
        'process join-mesh:0 (join-mesh) "app" «x().join_mesh(» 0:0',
        'insert at 0:19-19 ", config={" "}"',
        'fact #0 literal "h:1" «\\"h:1\\"» 0:14, value 0:14-19',
        'fact endpoint literal "h:1" «\\"h:1\\"» 0:14, value 0:14-19',
      ],
    ],
    ['from jarviscore import Mesh\nMesh', ['mark import "jarviscore" «from jarviscore import Mesh» 0:0']],
    [
      'from jarviscore import Mesh\nMesh()()',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:5-5 "config={" "}"',
        'mark import "jarviscore" «from jarviscore import Mesh» 0:0',
      ],
    ],
    [
      'from jarviscore import Mesh\na = Mesh(); b = Mesh(\n  config={"node_name": ""})',
      [
        'mesh node_name = literal "" «\\"node_name\\": \\"\\"» 2:10, name 2:11-20, value 2:23-25, double quotes, of mesh:1',
        'process mesh:0 (mesh) "app#1" «Mesh(» 1:4',
        'insert at 1:9-9 "config={" "}"',
        'process mesh:1 (mesh) "app#2" «Mesh(» 1:16',
        'insert at 2:25-25 ", " ""',
        'fact config literal {"node_name":""} «config={\\"node_name\\": \\"\\"}» 2:2, value 2:9-26',
        'mark import "jarviscore" «from jarviscore import Mesh» 0:0',
      ],
    ],
    [
      'from jarviscore import Mesh\nMesh(config={"node_name": "n"})\nMesh(config={"node_name": x()})',
      [
        'mesh node_name = literal "n" «\\"node_name\\": \\"n\\"» 1:13, name 1:14-23, value 1:26-29, double quotes, of mesh:0',
        'mesh node_name = unknown: result of a call «\\"node_name\\": x()» 2:13, name 2:14-23, value 2:26-29, other quotes, of mesh:1',
        'process mesh:0 (mesh) "n" «Mesh(» 1:0',
        'insert at 1:29-29 ", " ""',
        'fact config literal {"node_name":"n"} «config={\\"node_name\\": \\"n\\"}» 1:5, value 1:12-30',
        'process mesh:1 (mesh) "app#2" «Mesh(» 2:0',
        'insert at 2:29-29 ", " ""',
        'fact config unknown: result of a call «config={\\"node_name\\": x()}» 2:5, value 2:12-30',
        'mark import "jarviscore" «from jarviscore import Mesh» 0:0',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('app.py', text)).toEqual(expected);
  });
});

describe('the arguments', () => {
  test.each<[string, string[]]>([
    ['Mesh("p2p")', ['process mesh:0 (mesh) "app" «Mesh(» 1:0', 'fact #0 literal "p2p" «\\"p2p\\"» 1:5, value 1:5-10']],
    ['Mesh(None)', ['process mesh:0 (mesh) "app" «Mesh(» 1:0', 'fact #0 literal null «None» 1:5, value 1:5-9']],
    [
      'Mesh({"bind_port": 1})',
      [
        'mesh bind_port = literal 1 «\\"bind_port\\": 1» 1:6, name 1:7-16, value 1:19-20, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:20-20 ", " ""',
        'fact #0 literal {"bind_port":1} «{\\"bind_port\\": 1}» 1:5, value 1:5-21',
      ],
    ],
    [
      'Mesh(mode="p2p", config={"bind_port": 1}, **kw)',
      [
        'mesh bind_port = literal 1 «\\"bind_port\\": 1» 1:25, name 1:26-35, value 1:38-39, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'insert at 1:39-39 ", " ""',
        'fact mode literal "p2p" «mode=\\"p2p\\"» 1:5, value 1:10-15',
        'fact config literal {"bind_port":1} «config={\\"bind_port\\": 1}» 1:17, value 1:24-40',
      ],
    ],
    ['Mesh(*args)', ['process mesh:0 (mesh) "app" «Mesh(» 1:0, open', 'insert at 1:10-10 ", config={" "}"']],
    [
      'Mesh(mode="p2p",)',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:16-16 " config={" "}"',
        'fact mode literal "p2p" «mode=\\"p2p\\"» 1:5, value 1:10-15',
      ],
    ],
    [
      'Mesh(config={"bind_port"',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: computed when the program runs «config={\\"bind_port\\"» 1:5, value 1:12-24',
      ],
    ],
    [
      'Mesh(config={"bind_port":',
      [
        'mesh bind_port = unknown: not written yet «\\"bind_port» 1:13, name 1:14-23, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'fact config unknown: computed when the program runs «config={\\"bind_port\\":» 1:5, value 1:12-25',
      ],
    ],
    [
      'Mesh(config={"bind_port": 1, "b',
      [
        'mesh bind_port = literal 1 «\\"bind_port\\": 1» 1:13, name 1:14-23, value 1:26-27, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: unfinished dict «config={\\"bind_port\\": 1, \\"b» 1:5, value 1:12-31',
      ],
    ],
    [
      'Mesh(1, 2)',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact #0 literal 1 «1» 1:5, value 1:5-6',
        'fact #1 literal 2 «2» 1:8, value 1:8-9',
      ],
    ],
    [
      'Mesh(x, config=load())',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact #0 unknown: "x" is not a constant of this file «x» 1:5, value 1:5-6',
        'fact config unknown: result of a call «config=load()» 1:8, value 1:15-21',
      ],
    ],
    [
      'from jarviscore import JarvisLifespan\nJarvisLifespan(a, mode="p2p", agents=b, bind_port=1, **{"node_name": "n"})',
      [
        'mesh mode = literal "p2p" «mode=\\"p2p\\"» 2:18, name 2:18-22, value 2:23-28, double quotes, of lifespan:0',
        'mesh bind_port = literal 1 «bind_port=1» 2:40, name 2:40-49, value 2:50-51, other quotes, of lifespan:0',
        'mesh node_name = literal "n" «\\"node_name\\": \\"n\\"» 2:56, name 2:57-66, value 2:69-72, double quotes, of lifespan:0',
        'process lifespan:0 (lifespan) "n" «JarvisLifespan(» 2:0',
        'fact #0 unknown: "a" is not a constant of this file «a» 2:15, value 2:15-16',
        'fact mode literal "p2p" «mode=\\"p2p\\"» 2:18, value 2:23-28',
        'fact bind_port literal 1 «bind_port=1» 2:40, value 2:50-51',
        'mark import "jarviscore" «from jarviscore import JarvisLifespan» 1:0',
      ],
    ],
    [
      'from jarviscore import JarvisLifespan\nJarvisLifespan(a, **kw, *more)',
      [
        'process lifespan:0 (lifespan) "app" «JarvisLifespan(» 2:0, open',
        'fact #0 unknown: "a" is not a constant of this file «a» 2:15, value 2:15-16',
        'mark import "jarviscore" «from jarviscore import JarvisLifespan» 1:0',
      ],
    ],
    [
      'await agent.join_mesh("h:1", ["s:2"], {"bind_port": 3})',
      [
        'mesh bind_port = literal 3 «\\"bind_port\\": 3» 1:39, name 1:40-49, value 1:52-53, other quotes, of join-mesh:0',
        'process join-mesh:0 (join-mesh) "app" «agent.join_mesh(» 1:6',
        'insert at 1:53-53 ", " ""',
        'fact #0 literal "h:1" «\\"h:1\\"» 1:22, value 1:22-27',
        'fact endpoint literal "h:1" «\\"h:1\\"» 1:22, value 1:22-27',
        'fact #1 literal ["s:2"] «[\\"s:2\\"]» 1:29, value 1:29-36',
        'fact seed_nodes literal ["s:2"] «[\\"s:2\\"]» 1:29, value 1:29-36',
        'fact #2 literal {"bind_port":3} «{\\"bind_port\\": 3}» 1:38, value 1:38-54',
        'fact config literal {"bind_port":3} «{\\"bind_port\\": 3}» 1:38, value 1:38-54',
      ],
    ],
    [
      'await agent.join_mesh(endpoint="h:1", config={"node_name": "j"}, x=1)',
      [
        'mesh node_name = literal "j" «\\"node_name\\": \\"j\\"» 1:46, name 1:47-56, value 1:59-62, double quotes, of join-mesh:0',
        'process join-mesh:0 (join-mesh) "j" «agent.join_mesh(» 1:6',
        'insert at 1:62-62 ", " ""',
        'fact endpoint literal "h:1" «endpoint=\\"h:1\\"» 1:22, value 1:31-36',
        'fact config literal {"node_name":"j"} «config={\\"node_name\\": \\"j\\"}» 1:38, value 1:45-63',
        'fact x literal 1 «x=1» 1:65, value 1:67-68',
      ],
    ],
    [
      'agent.join_mesh(1, 2, 3, 4)',
      [
        'process join-mesh:0 (join-mesh) "app" «agent.join_mesh(» 1:0, open',
        'fact #0 literal 1 «1» 1:16, value 1:16-17',
        'fact endpoint literal 1 «1» 1:16, value 1:16-17',
        'fact #1 literal 2 «2» 1:19, value 1:19-20',
        'fact seed_nodes literal 2 «2» 1:19, value 1:19-20',
        'fact #2 literal 3 «3» 1:22, value 1:22-23',
        'fact config literal 3 «3» 1:22, value 1:22-23',
        'fact #3 literal 4 «4» 1:25, value 1:25-26',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('app.py', `# jarviscore\n${text}`)).toEqual(expected);
  });
});

describe('where a further key goes', () => {
  test.each<[string, string[]]>([
    [
      'Mesh(config={})',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:13-13 "" ""',
        'fact config literal {} «config={}» 1:5, value 1:12-14',
      ],
    ],
    [
      'Mesh(config={"bind_port": 1})',
      [
        'mesh bind_port = literal 1 «\\"bind_port\\": 1» 1:13, name 1:14-23, value 1:26-27, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:27-27 ", " ""',
        'fact config literal {"bind_port":1} «config={\\"bind_port\\": 1}» 1:5, value 1:12-28',
      ],
    ],
    [
      'Mesh(config={"bind_port": 1,})',
      [
        'mesh bind_port = literal 1 «\\"bind_port\\": 1» 1:13, name 1:14-23, value 1:26-27, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:28-28 " " ","',
        'fact config literal {"bind_port":1} «config={\\"bind_port\\": 1,}» 1:5, value 1:12-29',
      ],
    ],
    [
      'Mesh(config={\n    "bind_port": 1,\n})',
      [
        'mesh bind_port = literal 1 «\\"bind_port\\": 1» 2:4, name 2:5-14, value 2:17-18, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 2:19-19 "\\n    " ","',
        'fact config literal {"bind_port":1} «config={\\n    \\"bind_port\\": 1,\\n}» 1:5, value 1:12-3:1',
      ],
    ],
    [
      'Mesh(config={\n    "bind_port": 1\n})',
      [
        'mesh bind_port = literal 1 «\\"bind_port\\": 1» 2:4, name 2:5-14, value 2:17-18, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 2:18-18 ",\\n    " ""',
        'fact config literal {"bind_port":1} «config={\\n    \\"bind_port\\": 1\\n}» 1:5, value 1:12-3:1',
      ],
    ],
    [
      'Mesh(config={\n    "bind_port": 1, # why\n})',
      [
        'mesh bind_port = literal 1 «\\"bind_port\\": 1» 2:4, name 2:5-14, value 2:17-18, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 2:4-4 "" ",\\n    "',
        'fact config literal {"bind_port":1} «config={\\n    \\"bind_port\\": 1, # why\\n}» 1:5, value 1:12-3:1',
      ],
    ],
    [
      'Mesh(config={ # c\n})',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:14-14 "" ", "',
        'fact config literal {} «config={ # c\\n}» 1:5, value 1:12-2:1',
      ],
    ],
    [
      'Mesh(config={"a": 1,\n  "b": 2})',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:13, name 1:14-15, value 1:18-19, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\": 2» 2:2, name 2:3-4, value 2:7-8, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 2:8-8 ", " ""',
        'fact config literal {"a":1,"b":2} «config={\\"a\\": 1,\\n  \\"b\\": 2}» 1:5, value 1:12-2:9',
      ],
    ],
    [
      'Mesh(config={\n\t"a": 1, "b": 2,\n})',
      [
        'mesh a = literal 1 «\\"a\\": 1» 2:1, name 2:2-3, value 2:6-7, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\": 2» 2:9, name 2:10-11, value 2:14-15, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 2:16-16 "\\n\\t" ","',
        'fact config literal {"a":1,"b":2} «config={\\n\\t\\"a\\": 1, \\"b\\": 2,\\n}» 1:5, value 1:12-3:1',
      ],
    ],
    [
      'c = {"a": 1}\nMesh(config=c)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 2:0',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=c» 2:5, value 2:12-13',
      ],
    ],
    [
      'Mesh(config=dict(a=1))',
      [
        'mesh a = literal 1 «a=1» 1:17, name 1:17-18, value 1:19-20, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'fact config literal {"a":1} «config=dict(a=1)» 1:5, value 1:12-21',
      ],
    ],
    [
      'Mesh(config={**a, "b": 2})',
      [
        'mesh b = literal 2 «\\"b\\": 2» 1:18, name 1:19-20, value 1:23-24, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'insert at 1:24-24 ", " ""',
        'fact config unknown: "a" is not a constant of this file «config={**a, \\"b\\": 2}» 1:5, value 1:12-25',
      ],
    ],
    [
      'Mesh(mode="x" # c\n)',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:13-13 ", config={" "}"',
        'fact mode literal "x" «mode=\\"x\\"» 1:5, value 1:10-13',
      ],
    ],
    ['Mesh(mode="x"', ['process mesh:0 (mesh) "app" «Mesh(» 1:0', 'fact mode literal "x" «mode=\\"x\\"» 1:5, value 1:10-13']],
  ])('%j', (text, expected) => {
    expect(shown('app.py', `# jarviscore\n${text}`)).toEqual(expected);
  });
});
