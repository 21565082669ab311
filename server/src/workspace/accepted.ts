/** Leaves out the findings that a baseline accepts. */
import { folderOf } from '../config/model/environments.ts';
import type { FileAt, Surroundings } from '../config/model/surroundings.ts';
import type { Finding } from '../config/model/types.ts';
import { parseBaseline } from '../config/project/baseline.ts';
import type { Governance } from '../config/project/governance.ts';
import { beyondBaseline } from '../report/baseline.ts';
import type { AcceptedFindings, Flags } from './settings.ts';
import { pathOf } from './uris.ts';

/** Findings beyond those that the command line's baseline, else the one of the governing project file, accepts. */
export function notAccepted(
  findings: readonly Finding[],
  governance: Governance,
  flags: Flags,
  surroundings: Surroundings,
): readonly Finding[] {
  if (flags.baseline !== undefined)
    return flags.baseline === null ? findings : beyondBaseline(findings, flags.baseline.content, flags.baseline.folder);
  const byBaseline = Map.groupBy(findings, ({ uri }) => governance.baselineOf(uri));
  if (byBaseline.size === 1 && byBaseline.has(null)) return findings;
  return [...byBaseline].flatMap(([uri, group]) => {
    const accepted = uri === null ? null : read(uri, surroundings);
    return accepted === null ? group : beyondBaseline(group, accepted.content, accepted.folder);
  });
}

/** By what lies on the disk, which is a new object once it changed. */
const kept = new WeakMap<FileAt, AcceptedFindings | null>();

/** Null for a file that cannot be used, which is a finding of its own. */
function read(uri: string, surroundings: Surroundings): AcceptedFindings | null {
  const file = surroundings.fileAt(uri);
  let accepted = kept.get(file);
  if (accepted === undefined) {
    accepted = parse(uri, file);
    kept.set(file, accepted);
  }
  return accepted;
}

function parse(uri: string, file: FileAt): AcceptedFindings | null {
  const content = file.kind === 'text' ? parseBaseline(file.text) : null;
  const folder = pathOf(folderOf(uri));
  return content === null || folder === null ? null : { content, folder };
}
