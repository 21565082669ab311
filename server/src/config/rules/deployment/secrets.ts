/** Secrets in files that travel: images, unit files, manifests. */
import type { Assignment } from '../../model/types.ts';
import { soundsLikeSecret } from '../../readers/context.ts';
import { documentRule, type Rule } from '../rule.ts';
import { settingOfVariable } from '../settingIndex.ts';

/** Whether the line holds a secret in clear text; placeholders and references do not. */
export function isClearSecret({ name, value }: Assignment): boolean {
  const named = settingOfVariable(name)?.secret ?? soundsLikeSecret(name);
  const facts = value.kind === 'secret' ? value.facts : value.kind === 'text' ? value.masked : undefined;
  return named && facts?.state === 'set';
}

export const deploymentSecretRules: readonly Rule[] = [
  documentRule(
    'secret-in-dockerfile',
    ({ document, at, placeOf }, report) => {
      if (document.kind !== 'dockerfile') return;
      const seen = new Set<Assignment>();
      for (const unit of document.deployment?.units ?? []) {
        for (const assignment of [...unit.assignments, ...unit.buildArguments]) {
          // A stage has the lines of the stage it builds on.
          if (seen.has(assignment) || !isClearSecret(assignment)) continue;
          seen.add(assignment);
          report({
            at: placeOf(assignment),
            setting: assignment.name,
            message: `${assignment.name} becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.`,
          });
        }
      }
      for (const mark of document.marks) {
        if (mark.name !== 'copy-env') continue;
        report({
          at: at(mark.range),
          message: `${mark.value ?? 'The file'} becomes part of the image with all secrets in it. Hand the values over when the container starts.`,
        });
      }
    },
    'exempt',
  ),

  documentRule(
    'systemd-env-secret',
    ({ document, placeOf }, report) => {
      if (document.kind !== 'systemd') return;
      for (const unit of document.deployment?.units ?? []) {
        for (const assignment of unit.assignments) {
          if (!isClearSecret(assignment)) continue;
          report({
            at: placeOf(assignment),
            setting: assignment.name,
            message: `Every user of the machine can read ${assignment.name} in a unit file (systemctl show). Put it into an EnvironmentFile= with mode 0600, or use LoadCredential=.`,
          });
        }
      }
    },
    'exempt',
  ),
];
