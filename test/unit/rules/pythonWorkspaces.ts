/** Workspaces of the tables about python. */
import type { Files } from './workspace.ts';

/** A program with one Mesh, built with these arguments. */
export const call = (args: string): Files => ({ 'node.py': `from jarviscore import Mesh\n\nmesh = Mesh(${args})\n` });
/** A program that takes its port from a variable. */
export const reads = (name: string): Files => ({
  'node.py': `import os\nfrom jarviscore import Mesh\n\nmesh = Mesh(config={"bind_port": int(os.getenv("${name}", "1"))})\n`,
});
