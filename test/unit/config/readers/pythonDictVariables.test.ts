/** Configuration dicts of Python that are changed after they were made. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('variables and what is added to them', () => {
  test.each<[string, string[]]>([
    [
      'c = {"a": 1}\nc["b"] = 2\nMesh(config=c)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\"] = 2» 2:2, name 2:3-4, value 2:9-10, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 3:0',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=c» 3:5, value 3:12-13',
      ],
    ],
    [
      'c = {"a": 1}\nMesh(config=c)\nc["b"] = 2',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 2:0',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=c» 2:5, value 2:12-13',
      ],
    ],
    [
      'c = {}\nc[x] = 2\nMesh(config=c)',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 3:0, open',
        'insert at 1:5-5 "" ""',
        'fact config literal {} «config=c» 3:5, value 3:12-13',
      ],
    ],
    [
      'c = {"a": 1}\nc.update({"b": 2}, d=3)\nMesh(config=c)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\": 2» 2:10, name 2:11-12, value 2:15-16, other quotes, of mesh:0',
        'mesh d = literal 3 «d=3» 2:19, name 2:19-20, value 2:21-22, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 3:0',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=c» 3:5, value 3:12-13',
      ],
    ],
    [
      'c = {"a": 1}\nc.update(x)\nMesh(config=c)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 3:0, open',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=c» 3:5, value 3:12-13',
      ],
    ],
    [
      'c = {"a": 1}\nc.update(**x)\nMesh(config=c)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 3:0, open',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=c» 3:5, value 3:12-13',
      ],
    ],
    [
      'c = {"a": 1}\nc.setdefault("a", 2)\nc.setdefault("b", 3)\nMesh(config=c)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'mesh b = literal 3 «\\"b\\", 3» 3:13, name 3:14-15, value 3:18-19, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 4:0',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=c» 4:5, value 4:12-13',
      ],
    ],
    [
      'c = {}\nc.setdefault("b")\nc.setdefault()\nMesh(config=c)',
      [
        'mesh b = unknown: not written yet «\\"b» 2:13, name 2:14-15, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 4:0, open',
        'insert at 1:5-5 "" ""',
        'fact config literal {} «config=c» 4:5, value 4:12-13',
      ],
    ],
    [
      'c = {}\nd.update({"b": 2})\nc.pop("b")\nMesh(config=c)',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 4:0',
        'insert at 1:5-5 "" ""',
        'fact config literal {} «config=c» 4:5, value 4:12-13',
      ],
    ],
    [
      'c = load()\nc["b"] = 2\nMesh(config=c)',
      [
        'mesh b = literal 2 «\\"b\\"] = 2» 2:2, name 2:3-4, value 2:9-10, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 3:0, open',
        'fact config unknown: result of a call «config=c» 3:5, value 3:12-13',
      ],
    ],
    [
      'c = {"a": 1}\ndef f():\n  c["b"] = 2\n  Mesh(config=c)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\"] = 2» 3:4, name 3:5-6, value 3:11-12, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 4:2',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=c» 4:7, value 4:14-15',
      ],
    ],
    [
      'def f():\n  c = {"a": 1}\n  c["b"] = 2\n  Mesh(config=c)\nc["d"] = 3',
      [
        'mesh a = literal 1 «\\"a\\": 1» 2:7, name 2:8-9, value 2:12-13, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\"] = 2» 3:4, name 3:5-6, value 3:11-12, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 4:2',
        'insert at 2:13-13 ", " ""',
        'fact config literal {"a":1} «config=c» 4:7, value 4:14-15',
      ],
    ],
    [
      'c = {"a": 1}\nc["b"]\nc.b = 2\nc["d"]["e"] = 3\nMesh(config=c)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 5:0',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=c» 5:5, value 5:12-13',
      ],
    ],
    [
      'c = {"a": 1}\nMesh(config=c.copy())',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 2:0',
        'fact config unknown: result of a call «config=c.copy()» 2:5, value 2:12-20',
      ],
    ],
    [
      'c = {"a": 1}\nd = c\nd["b"] = 2\nMesh(config=d)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\"] = 2» 3:2, name 3:3-4, value 3:9-10, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 4:0',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=d» 4:5, value 4:12-13',
      ],
    ],
    [
      'c = {"a": 1}\nd = {**c, "b": 2}\nMesh(config=d)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\": 2» 2:10, name 2:11-12, value 2:15-16, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 3:0',
        'insert at 2:16-16 ", " ""',
        'fact config literal {"a":1,"b":2} «config=d» 3:5, value 3:12-13',
      ],
    ],
    [
      'def f(c):\n  Mesh(config=c)',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 2:2, open',
        'fact config unknown: "c" is not a constant of this file «config=c» 2:7, value 2:14-15',
      ],
    ],
    [
      'c = {"a": 1}\nc = {"b": 1}\nMesh(config=c)',
      [
        'mesh b = literal 1 «\\"b\\": 1» 2:5, name 2:6-7, value 2:10-11, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 3:0',
        'insert at 2:11-11 ", " ""',
        'fact config literal {"b":1} «config=c» 3:5, value 3:12-13',
      ],
    ],
    [
      'c = {"a": 1}\nc["b"] = \nMesh(config=c)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:5, name 1:6-7, value 1:10-11, other quotes, of mesh:0',
        'mesh b = unknown: computed when the program runs «\\"b\\"] = » 2:2, name 2:3-4, value 2:9-9, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 3:0',
        'insert at 1:11-11 ", " ""',
        'fact config literal {"a":1} «config=c» 3:5, value 3:12-13',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('app.py', `# jarviscore\n${text}`)).toEqual(expected);
  });
});
