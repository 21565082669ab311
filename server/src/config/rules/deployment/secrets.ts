/** Secrets in files that travel: images, unit files, manifests. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import type { Assignment, SourceDocument } from '../../model/types.ts';
import { soundsLikeSecret } from '../../readers/context.ts';
import { documentRule, type Rule } from '../rule.ts';
import { settingOfVariable } from '../settingIndex.ts';

/** Whether the line holds a secret in clear text; placeholders and references do not. */
function isClearSecret({ name, value }: Assignment): boolean {
  const named = settingOfVariable(name)?.secret ?? soundsLikeSecret(name);
  const facts = value.kind === 'secret' ? value.facts : value.kind === 'text' ? value.masked : undefined;
  return named && facts?.state === 'set';
}

/**
 * What stands in the units of a document, the lines of env files in ConfigMaps with it. Each statement once: a stage of an
 * image has the lines of the one it builds on.
 */
function statementsOf(document: SourceDocument): ReadonlySet<Assignment> {
  return new Set(
    (document.deployment?.units ?? []).flatMap((unit) => [
      ...unit.assignments,
      ...unit.buildArguments,
      ...unit.files.flatMap((held) => held.document?.assignments ?? []),
    ]),
  );
}

/** What the kinds of files have in common: a secret in clear text, and who can read it there. */
function clearSecretRule(id: string, kind: FileKind, message: (name: string) => string): Rule {
  return documentRule(
    id,
    ({ document, at, placeOf }, report) => {
      if (document.kind !== kind) return;
      for (const assignment of statementsOf(document)) {
        if (!isClearSecret(assignment)) continue;
        report({ at: placeOf(assignment), setting: assignment.name, message: message(assignment.name) });
      }
      for (const mark of document.marks) {
        // A whole env file that a Dockerfile copies.
        if (mark.name === 'copy-env')
          report({
            at: at(mark.range),
            message: `${mark.value ?? 'The file'} becomes part of the image with all secrets in it. Hand the values over when the container starts.`,
          });
      }
    },
    'exempt',
  );
}

export const deploymentSecretRules: readonly Rule[] = [
  clearSecretRule(
    'secret-in-dockerfile',
    'dockerfile',
    (name) =>
      `${name} becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.`,
  ),
  clearSecretRule(
    'systemd-env-secret',
    'systemd',
    (name) =>
      `Every user of the machine can read ${name} in a unit file (systemctl show). Put it into an EnvironmentFile= with mode 0600, or use LoadCredential=.`,
  ),
  clearSecretRule(
    'k8s-plain-secret',
    'kubernetes',
    (name) => `${name} stands in clear text in the manifest; take it from a Secret with secretKeyRef.`,
  ),
];
