/** Configuration dicts of Python, put together from parts, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('displays', () => {
  test.each<[string, string[]]>([
    [
      'Mesh(config=a)',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: "a" is not a constant of this file «config=a» 1:5, value 1:12-13',
      ],
    ],
    [
      'Mesh(config={"a": 1, **b})',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:13, name 1:14-15, value 1:18-19, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'insert at 1:24-24 ", " ""',
        'fact config unknown: "b" is not a constant of this file «config={\\"a\\": 1, **b}» 1:5, value 1:12-25',
      ],
    ],
    [
      'Mesh(config={"a": 1, **{"b": 2}})',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:13, name 1:14-15, value 1:18-19, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\": 2» 1:24, name 1:25-26, value 1:29-30, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:31-31 ", " ""',
        'fact config literal {"a":1,"b":2} «config={\\"a\\": 1, **{\\"b\\": 2}}» 1:5, value 1:12-32',
      ],
    ],
    [
      'Mesh(config={x: 1})',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'insert at 1:17-17 ", " ""',
        'fact config unknown: key computed when the program runs «config={x: 1}» 1:5, value 1:12-18',
      ],
    ],
    [
      'Mesh(config={b"a": 1})',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'insert at 1:20-20 ", " ""',
        'fact config unknown: key computed when the program runs «config={b\\"a\\": 1}» 1:5, value 1:12-21',
      ],
    ],
    [
      'Mesh(config={"a"})',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: computed when the program runs «config={\\"a\\"}» 1:5, value 1:12-17',
      ],
    ],
    [
      'Mesh(config={"a", "b"})',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: computed when the program runs «config={\\"a\\", \\"b\\"}» 1:5, value 1:12-22',
      ],
    ],
    [
      'Mesh(config={k: v for k, v in x})',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: computed when the program runs «config={k: v for k, v in x}» 1:5, value 1:12-32',
      ],
    ],
    [
      'Mesh(config=({"a": 1}))',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:14, name 1:15-16, value 1:19-20, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:20-20 ", " ""',
        'fact config literal {"a":1} «config=({\\"a\\": 1})» 1:5, value 1:12-22',
      ],
    ],
    [
      'Mesh(config=())',
      ['process mesh:0 (mesh) "app" «Mesh(» 1:0, open', 'fact config literal [] «config=()» 1:5, value 1:12-14'],
    ],
    [
      'Mesh(config=None)',
      ['process mesh:0 (mesh) "app" «Mesh(» 1:0', 'fact config literal null «config=None» 1:5, value 1:12-16'],
    ],
    [
      'Mesh(config={"a": 1} | {"b": 2})',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:13, name 1:14-15, value 1:18-19, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\": 2» 1:24, name 1:25-26, value 1:29-30, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:30-30 ", " ""',
        'fact config unknown: computed when the program runs «config={\\"a\\": 1} | {\\"b\\": 2}» 1:5, value 1:12-31',
      ],
    ],
    [
      'Mesh(config={"a": 1} | b)',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:13, name 1:14-15, value 1:18-19, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'insert at 1:19-19 ", " ""',
        'fact config unknown: "b" is not a constant of this file «config={\\"a\\": 1} | b» 1:5, value 1:12-24',
      ],
    ],
    [
      'Mesh(config=b | {"a": 1})',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:17, name 1:18-19, value 1:22-23, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'insert at 1:23-23 ", " ""',
        'fact config unknown: "b" is not a constant of this file «config=b | {\\"a\\": 1}» 1:5, value 1:12-24',
      ],
    ],
    [
      'Mesh(config={"a": 1} or {"b": 2})',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:13, name 1:14-15, value 1:18-19, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:19-19 ", " ""',
        'fact config literal {"a":1} «config={\\"a\\": 1} or {\\"b\\": 2}» 1:5, value 1:12-32',
      ],
    ],
    [
      'Mesh(config={"a": 1} + {"b": 2})',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: computed when the program runs «config={\\"a\\": 1} + {\\"b\\": 2}» 1:5, value 1:12-31',
      ],
    ],
    [
      'Mesh(config={"a": 1,\n # c\n "b": 2})',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:13, name 1:14-15, value 1:18-19, other quotes, of mesh:0',
        'mesh b = literal 2 «\\"b\\": 2» 3:1, name 3:2-3, value 3:6-7, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 3:7-7 ", " ""',
        'fact config literal {"a":1,"b":2} «config={\\"a\\": 1,\\n # c\\n \\"b\\": 2}» 1:5, value 1:12-3:8',
      ],
    ],
    [
      'Mesh(config={f"a": 1})',
      [
        'mesh a = literal 1 «f\\"a\\": 1» 1:13, name 1:13-17, value 1:19-20, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:20-20 ", " ""',
        'fact config literal {"a":1} «config={f\\"a\\": 1}» 1:5, value 1:12-21',
      ],
    ],
    [
      'Mesh(config={"a" "b": 1})',
      [
        'mesh ab = literal 1 «\\"a\\" \\"b\\": 1» 1:13, name 1:13-20, value 1:22-23, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:23-23 ", " ""',
        'fact config literal {"ab":1} «config={\\"a\\" \\"b\\": 1}» 1:5, value 1:12-24',
      ],
    ],
    [
      'Mesh(config={\'a\': \'x\', "b": "y" "z", "c": f"w"})',
      [
        "mesh a = literal \"x\" «'a': 'x'» 1:13, name 1:14-15, value 1:18-21, single quotes, of mesh:0",
        'mesh b = literal "yz" «\\"b\\": \\"y\\" \\"z\\"» 1:23, name 1:24-25, value 1:28-35, double quotes, of mesh:0',
        'mesh c = literal "w" «\\"c\\": f\\"w\\"» 1:37, name 1:38-39, value 1:42-46, double quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:46-46 ", " ""',
        'fact config literal {"a":"x","b":"yz","c":"w"} «config={\'a\': \'x\', \\"b\\": \\"y\\" \\"z\\", \\"c\\": f\\"w\\"}» 1:5, value 1:12-47',
      ],
    ],
    [
      'Mesh(config={"a": })',
      [
        'mesh a = unknown: not written yet «\\"a» 1:13, name 1:14-15, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'fact config unknown: computed when the program runs «config={\\"a\\": }» 1:5, value 1:12-19',
      ],
    ],
    [
      'Mesh(config={: 1})',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: computed when the program runs «config={: 1}» 1:5, value 1:12-17',
      ],
    ],
    [
      'Mesh(config={**})',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: computed when the program runs «config={**}» 1:5, value 1:12-16',
      ],
    ],
    [
      'Mesh(config={"a": 1 if x else 2})',
      [
        'mesh a = unknown: depends on a condition «\\"a\\": 1 if x else 2» 1:13, name 1:14-15, value 1:18-31, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:31-31 ", " ""',
        'fact config unknown: depends on a condition «config={\\"a\\": 1 if x else 2}» 1:5, value 1:12-32',
      ],
    ],
    [
      'Mesh(config={"": 1})',
      [
        'mesh  = literal 1 «\\"\\": 1» 1:13, name 1:14-14, value 1:17-18, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:18-18 ", " ""',
        'fact config literal {"":1} «config={\\"\\": 1}» 1:5, value 1:12-19',
      ],
    ],
    [
      'Mesh(config={"api_key": "sk-12345678", "redis_url": "redis://u:p@h", "seed_nodes": ["a://u:p@h:1", {"password": "x", "token": "", "n": 1}]})',
      [
        'mesh api_key = <set 11 sk- base64 base64-8> «\\"api_key\\": \\"sk-12345678\\"» 1:13, name 1:14-21, value 1:24-37, double quotes, of mesh:0',
        'mesh redis_url = literal "redis://u:***@h" (masked, set) «\\"redis_url\\": \\"redis://u:p@h\\"» 1:39, name 1:40-49, value 1:52-67, double quotes, of mesh:0',
        'mesh seed_nodes = literal ["a://u:***@h:1",{"password":"***","token":"","n":1}] «\\"seed_nodes\\": [\\"a://u:p@h:1\\", {\\"password\\": \\"x\\", \\"token\\": \\"\\", \\"n\\": 1}]» 1:69, name 1:70-80, value 1:83-138, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:138-138 ", " ""',
        'fact config literal {"api_key":"***","redis_url":"redis://u:***@h","seed_nodes":["a://u:***@h:1",{"password":"***","token":"","n":1}]} «config={\\"api_key\\": \\"sk-12345678\\", \\"redis_url\\": \\"redis://u:p@h\\", \\"seed_nodes\\": [\\"a://u:p@h:1\\", {\\"password\\": \\"x\\", \\"token\\": \\"\\", \\"n\\": 1}]}» 1:5, value 1:12-139',
      ],
    ],
    [
      'Mesh(config={"api_key": 5, "token": None})',
      [
        'mesh api_key = <set 1> «\\"api_key\\": 5» 1:13, name 1:14-21, value 1:24-25, other quotes, of mesh:0',
        'mesh token = literal null «\\"token\\": None» 1:27, name 1:28-33, value 1:36-40, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'insert at 1:40-40 ", " ""',
        'fact config literal {"api_key":5,"token":null} «config={\\"api_key\\": 5, \\"token\\": None}» 1:5, value 1:12-41',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('app.py', `# jarviscore\n${text}`)).toEqual(expected);
  });
});

describe('calls and copies', () => {
  test.each<[string, string[]]>([
    [
      'Mesh(config=dict(a=1, b=))',
      [
        'mesh a = literal 1 «a=1» 1:17, name 1:17-18, value 1:19-20, other quotes, of mesh:0',
        'mesh b = unknown: not written yet «b» 1:22, name 1:22-23, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'fact config unknown: result of a call «config=dict(a=1, b=)» 1:5, value 1:12-25',
      ],
    ],
    [
      'Mesh(config=dict({"a": 1}, b=2))',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:18, name 1:19-20, value 1:23-24, other quotes, of mesh:0',
        'mesh b = literal 2 «b=2» 1:27, name 1:27-28, value 1:29-30, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'fact config unknown: result of a call «config=dict({\\"a\\": 1}, b=2)» 1:5, value 1:12-31',
      ],
    ],
    [
      'Mesh(config=dict(**{"a": 1}))',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:20, name 1:21-22, value 1:25-26, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'fact config unknown: result of a call «config=dict(**{\\"a\\": 1})» 1:5, value 1:12-28',
      ],
    ],
    [
      'Mesh(config=dict(*x))',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: result of a call «config=dict(*x)» 1:5, value 1:12-20',
      ],
    ],
    [
      'Mesh(config=dict(x))',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: "x" is not a constant of this file «config=dict(x)» 1:5, value 1:12-19',
      ],
    ],
    [
      'Mesh(config=c.copy())',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: result of a call «config=c.copy()» 1:5, value 1:12-20',
      ],
    ],
    [
      'Mesh(config=copy.copy({"a": 1}))',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:23, name 1:24-25, value 1:28-29, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'fact config unknown: result of a call «config=copy.copy({\\"a\\": 1})» 1:5, value 1:12-31',
      ],
    ],
    [
      'Mesh(config=deepcopy({"a": 1}))',
      [
        'mesh a = literal 1 «\\"a\\": 1» 1:22, name 1:23-24, value 1:27-28, other quotes, of mesh:0',
        'process mesh:0 (mesh) "app" «Mesh(» 1:0',
        'fact config unknown: result of a call «config=deepcopy({\\"a\\": 1})» 1:5, value 1:12-30',
      ],
    ],
    [
      'Mesh(config=copy.deepcopy(x))',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: "x" is not a constant of this file «config=copy.deepcopy(x)» 1:5, value 1:12-28',
      ],
    ],
    [
      'Mesh(config=load())',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: result of a call «config=load()» 1:5, value 1:12-18',
      ],
    ],
    [
      'Mesh(config=a.b())',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: result of a call «config=a.b()» 1:5, value 1:12-17',
      ],
    ],
    [
      'Mesh(config=OrderedDict(a=1))',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: result of a call «config=OrderedDict(a=1)» 1:5, value 1:12-28',
      ],
    ],
    [
      'Mesh(config=x().copy())',
      [
        'process mesh:0 (mesh) "app" «Mesh(» 1:0, open',
        'fact config unknown: result of a call «config=x().copy()» 1:5, value 1:12-22',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('app.py', `# jarviscore\n${text}`)).toEqual(expected);
  });
});
