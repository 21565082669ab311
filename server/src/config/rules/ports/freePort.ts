import type { SourceDocument } from '../../model/types.ts';
import type { WrittenValue } from '../values/writtenValues.ts';

/** Whether port 0 means a free one: only `Agent.join_mesh(config={"bind_port": 0})` chooses (core/agent.py:400-415). */
export function choosesPort({ assignment, setting }: WrittenValue, document: SourceDocument): boolean {
  if (assignment.layer !== 'mesh' || setting.meshKey !== 'bind_port') return false;
  return document.processes.find(({ id }) => id === assignment.process)?.kind === 'join-mesh';
}
