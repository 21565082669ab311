/**
 * The demo: a copy of test/fixtures/demo whose ports are free on this machine, and a live fleet that belongs to it.
 * Two of the three declared nodes run. The third cannot: its port is another one's ZeroMQ port, which is the planted
 * mistake to find. In its place runs a node that no file declares.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freeNodePorts } from './ports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface DemoAgent {
  readonly role: string;
  readonly capabilities: readonly string[];
}

export interface DemoNode {
  readonly name: string;
  readonly port: number;
  readonly seeds: readonly string[];
  readonly agents: readonly DemoAgent[];
  /** The Python program in the demo folder that is this node, null for the undeclared one. */
  readonly program: string | null;
}

export interface Demo {
  readonly folder: string;
  readonly nodes: readonly DemoNode[];
  remove(): void;
}

/** Copies the demo into a scratch folder and gives its declared nodes ports that are free. */
export async function prepareDemo(): Promise<Demo> {
  const scratch = mkdtempSync(join(tmpdir(), 'fleet-'));
  const folder = join(scratch, 'demo');
  cpSync(join(root, 'test/fixtures/demo'), folder, { recursive: true });
  const [researcher = 0, coder = 0, writer = 0] = await freeNodePorts(3);
  // The fixture's ports: 7100 and 7110, and 8100, which is 7100 + 1000 on purpose.
  const ports = new Map([
    ['7100', researcher],
    ['7110', coder],
    ['8100', researcher + 1000],
  ]);
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replace(/\b(?:7100|7110|8100)\b/g, (port) => String(ports.get(port))),
    );
  }
  const seed = (port: number): string => `127.0.0.1:${port}`;
  return {
    folder,
    nodes: [
      {
        name: 'researcher-01',
        port: researcher,
        seeds: [seed(coder)],
        agents: [{ role: 'researcher', capabilities: ['research', 'search'] }],
        program: 'researcher.py',
      },
      {
        name: 'coder-01',
        port: coder,
        seeds: [seed(researcher)],
        agents: [{ role: 'coder', capabilities: ['code', 'review'] }],
        program: 'coder.py',
      },
      {
        name: 'writer-01',
        port: writer,
        seeds: [seed(researcher)],
        agents: [{ role: 'writer', capabilities: ['draft', 'edit'] }],
        program: null,
      },
    ],
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

/** One process of the fleet. */
export interface FleetProcess {
  readonly name: string;
  readonly child: ChildProcess;
  /** Resolves once it is a member, rejects when the process ends first. */
  readonly ready: Promise<void>;
  /** Ends it as a crash does: at once, without a word to its peers, children included. */
  crash(): void;
}

/** Kills a process that leads a group of its own, and that group. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Ended between the question and the signal.
  }
}

/** Starts one of our own nodes, which announces its agents as soon as it runs. */
export function startOwnNode(node: Omit<DemoNode, 'program'>): FleetProcess {
  const args = ['node', '--json', '--bind', `127.0.0.1:${node.port}`, '--name', node.name];
  for (const seed of node.seeds) args.push('--seed', seed);
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: its mesh host, a child, would leave the mesh politely if only its parent died.
    detached: process.platform !== 'win32',
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString('utf8')).slice(-2_000);
  });
  // A node that ended leaves a pipe that cannot be written; its end is reported below.
  child.stdin.on('error', () => {});
  const ready = new Promise<void>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event: unknown = JSON.parse(line);
      if (typeof event !== 'object' || event === null || !('event' in event)) return;
      if (event.event === 'ready') child.stdin.write(`${JSON.stringify({ command: 'announce', agents: node.agents })}\n`);
      if (event.event === 'ready') done();
    });
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`The demo node ${node.name} ended with status ${code}: ${errors.trim()}`)));
  });
  return { name: node.name, child, ready, crash: () => killGroup(child) };
}

/** Starts a declared node as the Python program that it is. */
function startPythonNode(node: DemoNode, program: string, folder: string): FleetProcess {
  const child = spawn('python3', [program], { cwd: folder, stdio: 'ignore', detached: process.platform !== 'win32' });
  const ready = new Promise<void>((done, fail) => {
    child.once('spawn', done);
    child.once('error', fail);
  });
  return { name: node.name, child, ready, crash: () => killGroup(child) };
}

/** Whether `python3` has the framework itself: the module `jarviscore` alone may be an unrelated package of that name. */
export async function pythonHasFramework(): Promise<boolean> {
  const script = 'import importlib.metadata, jarviscore, swim; importlib.metadata.version("jarviscore-framework")';
  const child = spawn('python3', ['-c', script], { stdio: 'ignore' });
  return new Promise((done) => {
    child.once('error', () => done(false));
    child.once('exit', (code) => done(code === 0));
  });
}

async function end({ child, crash }: FleetProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  if (child.stdin?.writable) child.stdin.write(`${JSON.stringify({ command: 'stop' })}\n`);
  else child.kill('SIGTERM');
  const timer = setTimeout(crash, 5_000);
  await exited;
  clearTimeout(timer);
}

export interface LiveFleet {
  /** "3 nodes of our own" or "2 Python nodes and 1 of our own". */
  readonly description: string;
  stop(): Promise<void>;
}

/** Starts the live nodes of the demo and waits until our own ones run. */
export async function startFleet(demo: Demo): Promise<LiveFleet> {
  const python = await pythonHasFramework();
  const processes = demo.nodes.map((node) =>
    python && node.program !== null ? startPythonNode(node, node.program, demo.folder) : startOwnNode(node),
  );
  // Also when this process throws or is interrupted: no node may outlive the demo.
  const killAll = (): void => {
    for (const each of processes) each.crash();
  };
  process.once('exit', killAll);
  const stop = async (): Promise<void> => {
    await Promise.all(processes.map(end));
    process.off('exit', killAll);
  };
  try {
    await Promise.all(processes.map((each) => each.ready));
  } catch (error) {
    await stop();
    throw error;
  }
  const description = python ? 'two Python nodes and one of our own' : 'three nodes of our own';
  return { description, stop };
}
