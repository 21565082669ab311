/**
 * Declared processes as tasks: a terminal each that runs `jarviscore-fleet run`, stays open with what it said after it
 * ended, and is found again after the window was loaded anew. Env files are read by that command, so that no value passes
 * through here.
 */
import * as vscode from 'vscode';
import type { RunPlan } from '#schemas/editor/running.ts';
import type { StartedHere } from './peerAdditions.ts';

const type = 'jarviscoreFleet';
/** How long a program gets to leave its mesh. */
const politeMs = 5_000;

interface Started {
  readonly execution: vscode.TaskExecution;
  readonly name: string;
  pid: number | null;
}

function processOf({ task }: vscode.TaskExecution): string | null {
  const { definition } = task;
  return definition.type === type && typeof definition.process === 'string' ? definition.process : null;
}

export class RunTasks implements StartedHere, vscode.Disposable {
  readonly #cli: string;
  readonly #started = new Map<string, Started>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  #version = 0;

  /** @param cli Absolute path of the bundled command line. */
  constructor(cli: string) {
    this.#cli = cli;
    for (const execution of vscode.tasks.taskExecutions) this.#begin(execution, null);
    this.#disposables.push(
      vscode.tasks.onDidStartTask(({ execution }) => this.#begin(execution, null)),
      vscode.tasks.onDidStartTaskProcess(({ execution, processId }) => this.#begin(execution, processId)),
      vscode.tasks.onDidEndTask(({ execution }) => this.#end(execution)),
    );
  }

  get version(): number {
    return this.#version;
  }

  get(process: string): { readonly pid: number | null } | null {
    return this.#started.get(process) ?? null;
  }

  /** Process id -> name of everything that runs. */
  running(): ReadonlyMap<string, string> {
    return new Map([...this.#started].map(([process, { name }]) => [process, name]));
  }

  /** @param plan one that has arguments */
  async start(plan: RunPlan): Promise<void> {
    const folder = vscode.Uri.file(plan.folder);
    const scope = vscode.workspace.getWorkspaceFolder(folder) ?? vscode.TaskScope.Workspace;
    const execution = new vscode.ProcessExecution(process.execPath, [this.#cli, ...(plan.arguments ?? [])], {
      cwd: plan.folder,
      env: { ELECTRON_RUN_AS_NODE: '1' },
    });
    const task = new vscode.Task({ type, process: plan.process }, scope, plan.name, 'JarvisCore', execution, []);
    task.isBackground = true;
    task.detail = plan.file;
    task.presentationOptions = {
      panel: vscode.TaskPanelKind.Dedicated,
      reveal: vscode.TaskRevealKind.Always,
      // The command says what it starts in a line of its own.
      echo: false,
      showReuseMessage: false,
      focus: false,
    };
    this.#begin(await vscode.tasks.executeTask(task), null);
  }

  /** Asks the program to end, then ends its terminal. @returns false where it does not run. */
  stop(declared: string): boolean {
    const started = this.#started.get(declared);
    if (started === undefined) return false;
    const end = (): void => started.execution.terminate();
    // Windows knows no polite signal: it would leave the program behind without the command that watches it.
    if (started.pid === null || process.platform === 'win32') {
      end();
      return true;
    }
    try {
      process.kill(started.pid, 'SIGTERM');
    } catch {
      end();
      return true;
    }
    setTimeout(() => {
      if (this.#started.get(declared) === started) end();
    }, politeMs);
    return true;
  }

  #begin(execution: vscode.TaskExecution, pid: number | null): void {
    const process = processOf(execution);
    if (process === null) return;
    const known = this.#started.get(process);
    if (known !== undefined && known.execution === execution && (pid === null || known.pid === pid)) return;
    this.#started.set(process, { execution, name: execution.task.name, pid: pid ?? known?.pid ?? null });
    this.#tell();
  }

  #end(execution: vscode.TaskExecution): void {
    const process = processOf(execution);
    if (process === null || !this.#started.delete(process)) return;
    this.#tell();
  }

  #tell(): void {
    this.#version += 1;
    this.#changed.fire();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
