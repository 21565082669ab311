import { expect, test } from 'vitest';
import { buildModel } from '#server/config/model/build.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { declaredRoles } from '#server/fleet/declaredRoles.ts';

const context = createReaderContext();

function roles(files: Readonly<Record<string, string>>): string[] {
  const documents = Object.entries(files).map(([name, text]) => {
    const document = readDocument({ uri: `file:///p/${name}`, text, kind: 'python' }, context);
    return [document.uri, document] as const;
  });
  const model = buildModel(new Map(documents), { roots: ['file:///p'] });
  return declaredRoles([model]).map(({ role, place }) => `${role} ${place.uri.slice(10)}:${place.range.start.line + 1}`);
}

const agents = `from jarviscore.profiles import CustomAgent
class Writer(CustomAgent):
    role = "writer"
class Base(CustomAgent):
    role: str = 'base'
class Dynamic(CustomAgent):
    role = some()
`;

test('are those of classes that are added to a mesh, in whatever file', () => {
  const main = 'from jarviscore import Mesh\nfrom agents import Writer\nmesh = Mesh()\nmesh.add(Writer)\nmesh.add(Dynamic())\n';
  expect(roles({ 'agents.py': agents, 'main.py': main })).toEqual(['writer agents.py:3']);
});

test('are none where nobody adds the class, and an annotation does not hide one', () => {
  expect(roles({ 'agents.py': agents })).toEqual([]);
  expect(roles({ 'agents.py': `${agents}mesh.add(Base)\n` })).toEqual(['base agents.py:5']);
});
