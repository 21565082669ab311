/** Whether a workspace has anything of JarvisCore in it. */
import type { SourceDocument } from '../config/model/types.ts';
import { assignmentsOf } from '../config/readers/dotenvAssignments.ts';
import { inUpperCase } from '../config/text/letterCase.ts';

const meshKinds: ReadonlySet<string> = new Set(['mesh', 'join-mesh', 'lifespan']);
/** The four names of 0.3.2 and older, which people still carry over; no other framework has all of these words. */
const formerNames: ReadonlySet<string> = new Set(['SEED_NODES', 'P2P_ENABLED', 'ZMQ_PORT_OFFSET', 'ACTIVITY_SUPPRESS_WINDOW']);

const known = new WeakMap<SourceDocument, boolean>();

/** Whether one of the documents has anything of JarvisCore in it. */
export function isProject(documents: Iterable<SourceDocument>): boolean {
  for (const document of documents) if (isJarvisCore(document)) return true;
  return false;
}

function isJarvisCore(document: SourceDocument): boolean {
  let answer = known.get(document);
  if (answer === undefined) {
    answer = hasTraces(document);
    known.set(document, answer);
  }
  return answer;
}

function hasTraces(document: SourceDocument): boolean {
  return (
    document.project !== undefined ||
    document.processes.some((process) => meshKinds.has(process.kind)) ||
    document.requirements.some((requirement) => requirement.distribution === 'jarviscore-framework') ||
    setsOwnVariable(document)
  );
}

function setsOwnVariable(document: SourceDocument): boolean {
  const list = assignmentsOf(document);
  for (let i = 0; i < list.length; i++) {
    const upper = inUpperCase(list.name(i));
    if ((upper.startsWith('JARVISCORE_') || formerNames.has(upper)) && list.at(i).layer === 'environment') return true;
  }
  return false;
}
