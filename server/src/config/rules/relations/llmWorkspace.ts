/** Rules about models that look at comments, agents or several processes beside the settings. */
import { notableNames } from '../names/environmentNames.ts';
import { documentRule, fleetRule, type Rule, workspaceRule } from '../rule.ts';
import { readNumber } from '../values/pydantic.ts';

/** A comment counts for the setting on its line and within this many lines below. */
const commentReach = 3;

export const llmWorkspaceRules: readonly Rule[] = [
  workspaceRule('browser-model-missing', ({ model, processes }, report) => {
    // Programs that services start are known by these.
    const started = processes.filter((view) => view.process.startedBy.length === 0);
    if (started.length === 0 || started.some((view) => view.isSet('BROWSER_MODEL') || !view.complete)) return;
    for (const document of model.documents.values()) {
      for (const mark of document.marks) {
        if (mark.name !== 'default_kernel_role' || !/^["']browser["']$/.test(mark.value ?? '')) continue;
        report({
          at: { uri: document.uri, range: mark.range },
          setting: 'BROWSER_MODEL',
          message:
            'A browser agent is declared and BROWSER_MODEL is not set: the agent runs on the standard task model, which may not see pictures of a page.',
        });
      }
    }
  }),

  fleetRule('llm-limits-no-redis', ({ fleet }, report) => {
    if (fleet.nodes.length < 2) return;
    for (const { view } of fleet.nodes) {
      if (!view.isSet('LLM_LIMITS') || view.isSet('REDIS_URL') || !view.complete) continue;
      report({
        at: view.placeOf('LLM_LIMITS'),
        setting: 'LLM_LIMITS',
        message: `LLM_LIMITS is counted by each of the ${fleet.nodes.length} processes for itself: without REDIS_URL they do not share what is left of it.`,
      });
    }
  }),

  documentRule('llm-max-concurrent-formula', ({ document, placeOf }, report) => {
    for (const { key, assignment } of notableNames(document)) {
      if (key !== 'LLM_MAX_CONCURRENT' || assignment?.value.kind !== 'text') continue;
      const line = assignment.range.start.line;
      const near = document.marks.filter(
        (mark) => mark.name === 'rate-comment' && mark.range.start.line <= line && line - mark.range.start.line <= commentReach,
      );
      const [rpm, seconds] = (near.at(-1)?.value ?? '').split(' ').map(Number);
      const value = readNumber(assignment.value.text);
      if (rpm === undefined || seconds === undefined || value === null) continue;
      const enough = Math.max(1, Math.ceil((rpm / 60) * seconds));
      if (value <= enough) continue;
      report({
        at: placeOf(assignment),
        setting: 'LLM_MAX_CONCURRENT',
        message: `${rpm} requests a minute of ${seconds} s each keep ${enough} in flight (rate a second times duration), not ${value}; more only run into the rate limit. The number holds for one process.`,
      });
    }
  }),
];
