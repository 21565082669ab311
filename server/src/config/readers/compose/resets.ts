/** `!reset` and `!override`: what a service takes away from the one it is laid over (compose specification, "merge"). */
import type { Node } from 'yaml';
import type { DeploymentUnit } from '../../model/deployment.ts';
import type { YamlNodes } from '../yaml/yamlText.ts';

const groups = { environment: 'environment', env_file: 'envFiles' } as const;

export function resetsOf(yaml: YamlNodes, service: Node | null): DeploymentUnit['resets'] {
  const whole = Object.entries(groups).flatMap(([key, group]) => {
    const tag = yaml.tag(yaml.get(service, key));
    return tag === '!reset' || tag === '!override' ? [group] : [];
  });
  const environment = yaml.get(service, 'environment');
  const names = yaml.entries(environment).flatMap(({ key, value }) => (yaml.tag(value) === '!reset' ? [key] : []));
  return { groups: whole, names };
}

/** The lower service as far as it still counts. */
export function withoutResets(
  base: DeploymentUnit,
  { groups: reset, names }: DeploymentUnit['resets'],
): Pick<DeploymentUnit, 'assignments' | 'envFiles'> {
  return {
    assignments: reset.includes('environment') ? [] : base.assignments.filter((one) => !names.includes(one.name)),
    envFiles: reset.includes('envFiles') ? [] : base.envFiles,
  };
}
