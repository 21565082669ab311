/** Constructions of Python modules that nobody starts. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('what is thrown away or meant to fail', () => {
  test.each<[string, string[]]>([
    [
      'm = Mesh()\nm = Mesh()',
      [
        'process mesh:0 (mesh) "app#1" «Mesh(» 1:4',
        'insert at 1:9-9 "config={" "}"',
        'process mesh:1 (mesh) "app#2" «Mesh(» 2:4',
        'insert at 2:9-9 "config={" "}"',
        'mark overwritten "mesh:0" «» 1:4',
      ],
    ],
    [
      'm = Mesh()\nprint(m)\nm = Mesh()',
      [
        'process mesh:0 (mesh) "app#1" «Mesh(» 1:4',
        'insert at 1:9-9 "config={" "}"',
        'process mesh:1 (mesh) "app#2" «Mesh(» 3:4',
        'insert at 3:9-9 "config={" "}"',
      ],
    ],
    [
      'm = Mesh()\n# m\nm: Mesh = Mesh()',
      [
        'process mesh:0 (mesh) "app#1" «Mesh(» 1:4',
        'insert at 1:9-9 "config={" "}"',
        'process mesh:1 (mesh) "app#2" «Mesh(» 3:10',
        'insert at 3:15-15 "config={" "}"',
        'mark overwritten "mesh:0" «» 1:4',
      ],
    ],
    ['m = Mesh()\nm = 2', ['process mesh:0 (mesh) "app" «Mesh(» 1:4', 'insert at 1:9-9 "config={" "}"']],
    [
      'm = Mesh()\nn = Mesh()',
      [
        'process mesh:0 (mesh) "app#1" «Mesh(» 1:4',
        'insert at 1:9-9 "config={" "}"',
        'process mesh:1 (mesh) "app#2" «Mesh(» 2:4',
        'insert at 2:9-9 "config={" "}"',
      ],
    ],
    [
      'def f():\n  m = Mesh()\nm = Mesh()',
      [
        'process mesh:0 (mesh) "app#1" «Mesh(» 2:6',
        'insert at 2:11-11 "config={" "}"',
        'process mesh:1 (mesh) "app#2" «Mesh(» 3:4',
        'insert at 3:9-9 "config={" "}"',
      ],
    ],
    [
      'm += Mesh()\nm = Mesh()',
      [
        'process mesh:0 (mesh) "app#1" «Mesh(» 1:5',
        'insert at 1:10-10 "config={" "}"',
        'process mesh:1 (mesh) "app#2" «Mesh(» 2:4',
        'insert at 2:9-9 "config={" "}"',
      ],
    ],
    [
      'm = await Mesh()\nx(mm)\nm = Mesh()',
      [
        'process mesh:0 (mesh) "app#1" «Mesh(» 1:10',
        'insert at 1:15-15 "config={" "}"',
        'process mesh:1 (mesh) "app#2" «Mesh(» 3:4',
        'insert at 3:9-9 "config={" "}"',
        'mark overwritten "mesh:0" «» 1:10',
      ],
    ],
    [
      'a.m = Mesh()\na.m = Mesh()',
      [
        'process mesh:0 (mesh) "app#1" «Mesh(» 1:6',
        'insert at 1:11-11 "config={" "}"',
        'process mesh:1 (mesh) "app#2" «Mesh(» 2:6',
        'insert at 2:11-11 "config={" "}"',
      ],
    ],
    [
      'm = n = Mesh()\nm = Mesh()',
      [
        'process mesh:0 (mesh) "app#1" «Mesh(» 1:8',
        'insert at 1:13-13 "config={" "}"',
        'process mesh:1 (mesh) "app#2" «Mesh(» 2:4',
        'insert at 2:9-9 "config={" "}"',
        'mark overwritten "mesh:0" «» 1:8',
      ],
    ],
    ['with pytest.raises(ValueError):\n  Mesh()', []],
    ['with pytest.warns (X):\n  Mesh()', []],
    ['with self.assertRaisesRegex(X):\n  if a:\n    Mesh()', []],
    ['with assertWarns(X): Mesh()', []],
    [
      'with pytest.raises(X):\n  def f():\n    Mesh()',
      ['process mesh:0 (mesh) "app" «Mesh(» 3:4', 'insert at 3:9-9 "config={" "}"'],
    ],
    ['with open(x):\n  Mesh()', ['process mesh:0 (mesh) "app" «Mesh(» 2:2', 'insert at 2:7-7 "config={" "}"']],
    [
      'with pytest.raises(X):\n  class C:\n    m = Mesh()',
      ['process mesh:0 (mesh) "app" «Mesh(» 3:8', 'insert at 3:13-13 "config={" "}"', 'mark class "C" «C» 2:8'],
    ],
    ['with a:\n  pytest.raises(X)\n  Mesh()', ['process mesh:0 (mesh) "app" «Mesh(» 3:2', 'insert at 3:7-7 "config={" "}"']],
    ['with xpytest.raises(X):\n  Mesh()', ['process mesh:0 (mesh) "app" «Mesh(» 2:2', 'insert at 2:7-7 "config={" "}"']],
    ['with pytest.raises(X) as e, y():\n  Mesh()', []],
    ['def test_raises():\n  with pytest.deprecated_call():\n    Mesh()', []],
  ])('%j', (text, expected) => {
    expect(shown('app.py', `# jarviscore\n${text}`)).toEqual(expected);
  });
});
