/** Cells of the inventory (rule and kind of file) where a rule never reports, each with the reason. The suite checks every one. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';

export interface Never {
  readonly rules: readonly string[];
  readonly kinds: readonly FileKind[];
  readonly why: string;
}

const environment: readonly FileKind[] = ['dotenv', 'compose', 'systemd', 'kubernetes', 'dockerfile', 'shell', 'launch'];

export const never: readonly Never[] = [
  {
    rules: ['file-unreadable', 'file-not-utf8', 'file-too-large'],
    kinds: [...environment, 'python', 'requirements', 'prometheus', 'project'],
    why: 'what cannot be read is no text that could be changed; the workspace reports it, and its own tests show it',
  },
  {
    rules: ['control-policy-missing-file', 'control-policy-syntax', 'journal-dir-committed'],
    kinds: ['compose', 'systemd', 'kubernetes', 'dockerfile'],
    why: 'relative paths start in an image or in a folder of another machine',
  },
  {
    rules: ['per-process-var-in-shared-env'],
    kinds: ['compose', 'systemd', 'kubernetes'],
    why: 'a service, unit or workload is one process with an environment of its own; only env files are shared',
  },
  {
    rules: ['env-file-in-prod'],
    kinds: ['compose', 'systemd', 'dockerfile'],
    why: 'the finding stands in the env file, with the files that read it as related places',
  },
  {
    rules: ['duplicate-key'],
    kinds: ['shell'],
    why: 'a script may set a variable again on purpose, for the commands below',
  },
  {
    rules: ['dotenv-inline-comment-other-loader'],
    kinds: ['compose', 'systemd', 'dockerfile', 'shell'],
    why: 'the finding stands in the env file, with its readers as related places',
  },
  {
    rules: [
      'redis-components-ignored',
      'bind-host-loopback-in-fleet',
      'fleet-no-seed-anywhere',
      'fleet-islands',
      'prod-no-llm-provider',
      'prod-nexus-secret-missing',
      'prod-nexus-gateway-missing',
      'nexus-gateway-key-missing',
      'prod-redis-missing',
      'prod-storage-ephemeral',
      'prod-sandbox-local',
      'prod-prometheus-off',
      'prod-llm-max-concurrent',
      'prod-llm-limits',
      'prod-p2p-config',
      'prod-execution-timeout-default',
      'prod-athena-missing',
      'prod-journal-ephemeral',
      'prod-journal-content',
      'hitl-disabled',
      'azure-incomplete',
      'vertex-incomplete',
      'tier-model-env-only',
      'tier-fallback',
      'llm-limits-no-redis',
      'llm-timeout-vs-wall-clock',
      'storage-azure-no-connection',
      'storage-redis-no-url',
      'storage-managed-identity',
      'hitl-thresholds',
      'athena-redis-required',
      'p2p-without-redis',
      'mesh-p2p-disabled-but-ports',
      'decision-provider-without-key',
      'nexus-gateway-no-auth-mode',
    ],
    kinds: ['kubernetes'],
    why: 'the image of a pod is not part of the workspace, so what it sets besides (ENV, the dict of its program) is not known',
  },
  {
    rules: ['prod-nexus-secret-missing'],
    kinds: ['dotenv', 'dockerfile'],
    why: 'a missing secret is told where the process is declared: it belongs neither into an image nor into an env file of production',
  },
  {
    rules: ['lb-in-front'],
    kinds: ['compose'],
    why: 'compose has no load balancers; a proxy among the services is a program of its own',
  },
  {
    rules: ['seeds-in-env-short-wait', 'mesh-p2p-implicit'],
    kinds: ['compose', 'systemd', 'kubernetes', 'dockerfile', 'shell', 'launch'],
    why: 'the rule speaks about a construction that nothing else starts; who writes a service names its settings on purpose',
  },
  { rules: ['mesh-p2p-implicit'], kinds: ['dotenv'], why: 'the finding stands at the construction that does not say it' },
  {
    rules: ['prod-no-confinement', 'control-strict-without-confinement'],
    kinds: ['kubernetes'],
    why: 'whether a pod may create user namespaces is decided by its node and its runtime class, not by the manifest alone',
  },
  {
    rules: ['log-level-debug'],
    kinds: [...environment, 'python'],
    why: 'prod-log-level says the same about the same line and has the last word',
  },
  {
    rules: ['nexus-secret-without-salt-volume'],
    kinds: ['systemd', 'dockerfile'],
    why: 'on a host the home folder stays; in a container the volumes of the service or pod decide',
  },
  {
    rules: ['browser-model-missing'],
    kinds: environment,
    why: 'the finding stands at the agent that needs the model',
  },
  { rules: ['llm-max-concurrent-formula'], kinds: ['compose'], why: 'only comments of env files are read for rates' },
  {
    rules: ['kernel-budget-sum', 'kernel-wall-vs-exec'],
    kinds: ['kubernetes'],
    why: 'budgets of the environment come too late from 1.5.0 on, which kernel-budget-env-too-late says about each of them',
  },
  {
    rules: ['kernel-budget-sum'],
    kinds: environment.filter((kind) => kind !== 'kubernetes'),
    why: 'budgets of the environment come too late from 1.5.0 on, which kernel-budget-env-too-late says about each of them',
  },
  {
    rules: ['sandbox-remote-no-url', 'auth-poll-gt-timeout'],
    kinds: environment,
    why: 'only the dict is read, which env-needs-mesh-config says about each line',
  },
  {
    rules: ['volume-old-path'],
    kinds: ['dockerfile'],
    why: 'VOLUME mounts nothing by itself; the service or pod says what is kept',
  },
  {
    rules: ['browser-profile-dir-ephemeral'],
    kinds: ['dotenv', 'python', 'systemd', 'shell', 'launch'],
    why: 'a folder of a host is kept; only containers forget',
  },
  {
    rules: ['install-name'],
    kinds: ['compose'],
    why: 'a command of a service that installs packages at each start is not read for requirements',
  },
  { rules: ['decision-provider-without-key'], kinds: ['requirements'], why: 'the lack of the extra is extra-missing' },
  {
    rules: ['suppression-unknown-rule', 'suppression-unused'],
    kinds: ['launch', 'prometheus', 'requirements', 'project'],
    why: 'comments of that kind are not read there, or stand in files whose findings the other kinds show',
  },
];
