/** What a name stands for in a Python module: which assignment counts, and where it cannot be told. */
import { describe, expect, test } from 'vitest';
import { shownExpression } from './shown.ts';

describe('names', () => {
  test.each<[string, string, string]>([
    ['A', '', 'unknown: "A" is not a constant of this file'],
    ['A', 'A = 1', 'literal 1'],
    ['A', 'A: int = 1', 'literal 1'],
    ['A', 'A: int', 'unknown: "A" is not a constant of this file'],
    ['A', 'A = B = 1', 'literal 1'],
    ['B', 'A = B = 1', 'literal 1'],
    ['A', 'A = 1\nA = 2', 'literal 2'],
    ['A', 'A = 1\nA += 1', 'unknown: "A" is not a constant of this file'],
    ['A', 'A = B\nB = 2', 'literal 2'],
    ['A', 'A = A', 'unknown: too deeply nested'],
    ['A', 'A, B = 1, 2', 'unknown: "A" is not a constant of this file'],
    ['B', '(A, B) = 1, 2', 'unknown: "B" is not a constant of this file'],
    ['A', '[A, B] = 1, 2', 'unknown: "A" is not a constant of this file'],
    ['A', 'for A in []: pass', 'unknown: "A" is not a constant of this file'],
    ['A', 'with x() as A: pass', 'unknown: "A" is not a constant of this file'],
    ['A', 'if (A := 1): pass', 'unknown: "A" is not a constant of this file'],
    ['A', 'if x:\n  A = 1', 'literal 1'],
    ['A', 'A = 1\nif x:\n  A = 2', 'unknown: "A" is not a constant of this file'],
    ['A', 'if x:\n  A = 1\nA = 2', 'literal 2'],
    ['A', 'for i in x:\n  A = 1', 'literal 1'],
    ['A', 'while x:\n  A = 1', 'literal 1'],
    ['A', 'try:\n  A = 1\nexcept: pass', 'literal 1'],
    ['A', 'match x:\n  case 1:\n    A = 1', 'literal 1'],
    ['A', 'with x():\n  A = 1', 'literal 1'],
    ['A', 'def f():\n  A = 1', 'unknown: "A" is not a constant of this file'],
    ['A', 'class C:\n  A = 1', 'unknown: "A" is not a constant of this file'],
    ['A', 'def A(): pass', 'unknown: "A" is not a constant of this file'],
    ['A', 'class A: pass', 'unknown: "A" is not a constant of this file'],
    ['A', 'from x import A', 'unknown: "A" is not a constant of this file'],
    ['A', 'import A', 'unknown: "A" is not a constant of this file'],
    ['A', 'from .x import A as B', 'unknown: "A" is not a constant of this file'],
    ['A', 'A = (\n  1 # c\n)', 'literal 1'],
    ['A', 'lambda A: 1', 'unknown: "A" is not a constant of this file'],
    ['A', 'A = 1; del A', 'literal 1'],
  ])('%j', (expression, before, expected) => {
    expect(shownExpression(expression, before)).toEqual(expected);
  });
});

describe('names inside functions', () => {
  test.each<[string, string, string]>([
    ['f()', '', 'unknown: result of a call'],
    ['A', 'A = 1\ndef g():\n  A = 2', 'literal 1'],
  ])('%j', (expression, before, expected) => {
    expect(shownExpression(expression, before)).toEqual(expected);
  });
});

describe('attributes of classes', () => {
  test.each<[string, string, string]>([
    ['C.p', 'class C:\n  p = 1', 'literal 1'],
    ['C.p', 'class C(object):\n  p = 1', 'literal 1'],
    ['C.p', 'class C():\n  p = 1', 'literal 1'],
    ['C.p', 'class C(Base):\n  p = 1', 'unknown: attribute of an object'],
    ['C.p', 'class C:\n  p: int = 1', 'literal 1'],
    ['C.p', 'class C:\n  p = 1\n  p = 2', 'unknown: attribute of an object'],
    ['C.p', 'class C:\n  if x:\n    p = 1', 'unknown: attribute of an object'],
    ['C.q', 'class C:\n  p = 1', 'unknown: attribute of an object'],
    ['C.p', 'class C:\n  p = 1\nclass C:\n  p = 2', 'unknown: attribute of an object'],
    ['C.p', 'class C:\n  p = 1\nC = 2', 'unknown: attribute of an object'],
    ['C.p', 'class C:\n  p = 1\nC.p = 3', 'unknown: attribute of an object'],
    ['C.p', 'class C:\n  p = 1\nC.p == 3', 'literal 1'],
    ['C.p', 'class C:\n  p = 1\n  def __init__(self): pass', 'unknown: attribute of an object'],
    ['C.p', 'class C:\n  p = 1\n  def __getattr__(self, n): pass', 'unknown: attribute of an object'],
    ['C.p', 'class C:\n  p = 1\n  def start(self): pass', 'literal 1'],
    ['C.p.q', 'class C:\n  p = 1', 'unknown: attribute of an object'],
    ['c.p', 'class C:\n  p = 1\nc = C()', 'literal 1'],
    ['c.p', 'class C:\n  p = 1\nc = C(p=5)', 'literal 5'],
    ['c.p', 'class C:\n  p = 1\nc = C(q=5)', 'literal 1'],
    ['c.p', 'class C:\n  p = 1\nc = C(5)', 'unknown: attribute of an object'],
    ['c.p', 'class C:\n  p = 1\nc = C', 'unknown: attribute of an object'],
    ['c.p', 'from x import C\nc = C()', 'unknown: attribute of an object'],
    ['c.p', 'c = x.C()', 'unknown: attribute of an object'],
    ['c.p', 'c = {"p": 1}', 'unknown: attribute of an object'],
    ['C.p', 'class C:\n  p = os.getenv("P", "7")', 'literal "7"'],
    ['C.p', 'p = 4\nclass C:\n  def f(self):\n    p = 5', 'unknown: attribute of an object'],
    ['C.p', 'P = 4\nclass C:\n  p = P + 1', 'literal 5'],
  ])('%j', (expression, before, expected) => {
    expect(shownExpression(expression, before)).toEqual(expected);
  });
});
