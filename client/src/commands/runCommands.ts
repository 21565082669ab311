/** Starting and stopping what the files declare. What stands in the way is said before anything is launched. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunPlan } from '#schemas/editor/running.ts';
import type { RunTasks } from '../run/runTasks.ts';
import type { Running } from '../session/session.ts';
import type { FleetViews } from '../views/fleetViews.ts';

interface Plans {
  readonly plans: readonly RunPlan[];
  readonly collisions: readonly string[];
}

async function requestPlans({ client }: Running, processes: readonly string[] | null): Promise<Plans> {
  const { runPlansRequest } = await import('#schemas/editor/running.ts');
  const answer: unknown = await client.sendRequest(runPlansRequest.method, { processes });
  return runPlansRequest.result.parse(answer);
}

/** The declared process behind the row a command was called on. */
function processOf(views: FleetViews, argument: unknown): string | null {
  const subject = views.target(argument)?.subject;
  return subject?.kind === 'peer' ? (subject.peer.declared?.process ?? null) : null;
}

/** @returns whether the person wants the others started. */
async function sayProblems(problems: readonly string[], others: boolean): Promise<boolean> {
  const start = l10n.t('Start the Others');
  const shown = problems.slice(0, 3).join(' ');
  const rest = problems.length - 3;
  const text = rest > 0 ? l10n.t('{0} And {1} more.', shown, rest) : shown;
  const message = others ? l10n.t('Nothing was started. {0}', text) : text;
  return (await vscode.window.showErrorMessage(message, ...(others ? [start] : []))) === start;
}

async function choosePlan(plans: readonly RunPlan[]): Promise<RunPlan | undefined> {
  const items = plans.map((plan) => ({
    plan,
    label: plan.name,
    description: plan.file,
    ...(plan.problems[0] === undefined ? {} : { detail: `$(warning) ${plan.problems[0]}` }),
  }));
  const title = l10n.t('Run which declared node?');
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.plan;
}

async function runOne(running: Running, views: FleetViews, tasks: RunTasks, argument: unknown): Promise<void> {
  const process = processOf(views, argument);
  const { plans } = await requestPlans(running, process === null ? null : [process]);
  const waiting = plans.filter((plan) => tasks.get(plan.process) === null);
  if (waiting.length === 0) {
    const text = plans.length === 0 ? l10n.t('No file of this workspace declares a node.') : l10n.t('It runs already.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const plan = process === null ? await choosePlan(waiting) : waiting[0];
  if (plan === undefined) return;
  if (plan.arguments === null || plan.problems.length > 0) void sayProblems(plan.problems, false);
  else await tasks.start(plan);
}

async function runFleet(running: Running, tasks: RunTasks): Promise<void> {
  const { plans, collisions } = await requestPlans(running, null);
  const waiting = plans.filter((plan) => tasks.get(plan.process) === null);
  if (waiting.length === 0) {
    const text =
      plans.length === 0 ? l10n.t('No file of this workspace declares a node.') : l10n.t('Every declared node runs already.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const fine = waiting.filter((plan) => plan.arguments !== null && plan.problems.length === 0);
  const problems = [...collisions, ...waiting.flatMap((plan) => plan.problems)];
  // Of two that need one port nobody can say which is meant.
  if (problems.length > 0 && !(await sayProblems(problems, fine.length > 0 && collisions.length === 0))) return;
  for (const plan of fine) await tasks.start(plan);
}

async function stop(views: FleetViews, tasks: RunTasks, argument: unknown): Promise<void> {
  const process = processOf(views, argument);
  if (process !== null && tasks.stop(process)) return;
  const running = [...tasks.running()].map(([id, name]) => ({ label: name, ids: [id] }));
  if (running.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No declared node was started in this window.'));
    return;
  }
  const all = { label: l10n.t('All of them'), ids: running.flatMap(({ ids }) => ids) };
  const items = running.length === 1 ? running : [all, ...running];
  const chosen = await vscode.window.showQuickPick(items, { title: l10n.t('Stop which node?') });
  for (const id of chosen?.ids ?? []) tasks.stop(id);
}

export function runCommands(
  views: FleetViews,
  tasks: RunTasks,
): {
  readonly withServer: Readonly<Record<string, (running: Running, argument: unknown) => Promise<unknown>>>;
  readonly withoutServer: Readonly<Record<string, (argument: unknown) => Promise<void>>>;
} {
  return {
    withServer: {
      'jarviscoreFleet.runDeclaredNode': (running, argument) => runOne(running, views, tasks, argument),
      'jarviscoreFleet.runFleet': (running) => runFleet(running, tasks),
    },
    withoutServer: {
      'jarviscoreFleet.stopDeclaredNode': (argument) => stop(views, tasks, argument),
    },
  };
}
