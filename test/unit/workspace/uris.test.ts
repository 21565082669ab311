import { expect, test } from 'vitest';
import { commonFolder, innermost, nameWithin } from '#server/workspace/uris.ts';

test.each([
  [['file:///a/b'], 'file:///a/b/'],
  [['file:///a/b/x', 'file:///a/b/y'], 'file:///a/b/'],
  [['file:///a/b', 'file:///a/b/y'], 'file:///a/b/'],
  [['file:///a/bc', 'file:///a/b'], 'file:///a/'],
  [['file:///a', 'file:///b'], 'file:///'],
  [['file:///c%3A/a/x', 'file:///c%3A/a/y'], 'file:///c%3A/a/'],
  [['file:///c%3A/a', 'file:///c%3A/b'], 'file:///c%3A/'],
  [['file:///c%3A/a', 'file:///d%3A/a'], 'file:///'],
  [['file://server/share/a', 'file://server/share/b'], 'file://server/share/'],
])('the folder around %s', (folders, common) => {
  expect(commonFolder(folders)).toBe(common);
});

test('there is none around nothing', () => {
  expect(commonFolder([])).toBeNull();
});

test('a file is named below the innermost folder, as a person writes it', () => {
  const folders = ['file:///a', 'file:///a/b', 'file:///c'];
  expect(innermost(folders, 'file:///a/b/x.py')).toBe('file:///a/b');
  expect(nameWithin(folders, 'file:///a/b/sub/my%20file.py')).toBe('sub/my file.py');
  expect(nameWithin(folders, 'file:///a/bc.py')).toBe('bc.py');
  expect(nameWithin(folders, 'file:///d/x.py')).toBe('file:///d/x.py');
  expect(nameWithin(folders, 'untitled:100%')).toBe('untitled:100%');
});
