/** Every rule this engine runs, family by family. */

import { fleetChecklistRules } from './checklist/fleet.ts';
import { productionRules } from './checklist/production.ts';
import { securityRules } from './checklist/security.ts';
import { controlRules } from './control.ts';
import { composeRules } from './deployment/compose.ts';
import { composeCycleRule } from './deployment/composeCycles.ts';
import { containerRules } from './deployment/containers.ts';
import { dialectRules } from './deployment/dialects.ts';
import { kubernetesRules } from './deployment/kubernetes.ts';
import { deploymentSecretRules } from './deployment/secrets.ts';
import { commentedKeyRule, dotenvSyntaxRules } from './dotenvSyntax.ts';
import { unreadRules } from './effects/unread.ts';
import { fleetFileRules } from './fleetFile.ts';
import { keepaliveRules } from './keepalive.ts';
import { prefixRules } from './names/prefixes.ts';
import { repeatedRules } from './names/repeated.ts';
import { sharedFileRules } from './names/sharedFiles.ts';
import { spellingRules } from './names/spelling.ts';
import { nexusRules } from './nexus.ts';
import { packagingRules } from './packaging.ts';
import { policyFileRules } from './policyFile.ts';
import { collisionRules } from './ports/collisions.ts';
import { portRules } from './ports/single.ts';
import { dictRules } from './python/dict.ts';
import { pythonFleetRules } from './python/fleet.ts';
import { meshRules } from './python/mesh.ts';
import { kernelRules } from './relations/kernel.ts';
import { llmRules } from './relations/llm.ts';
import { llmWorkspaceRules } from './relations/llmWorkspace.ts';
import { storageRules } from './relations/storage.ts';
import { swimRules } from './relations/swim.ts';
import { repositoryRules } from './repository.ts';
import type { Rule } from './rule.ts';
import { secretRules } from './secrets.ts';
import { seedGraphRules } from './seeds/graph.ts';
import { swimNameRules } from './seeds/swimNames.ts';
import { seedSyntaxRules } from './seeds/syntax.ts';
import { suppressionRules } from './suppression.ts';
import { booleanRules } from './values/booleans.ts';
import { jsonRules } from './values/json.ts';
import { numberRules } from './values/numbers.ts';
import { urlRules } from './values/urls.ts';
import { wordRules } from './values/words.ts';

export const rules: readonly Rule[] = [
  ...prefixRules,
  ...spellingRules,
  ...repeatedRules,
  ...sharedFileRules,
  ...unreadRules,
  ...dotenvSyntaxRules,
  commentedKeyRule,
  ...booleanRules,
  ...numberRules,
  ...wordRules,
  ...urlRules,
  ...jsonRules,
  ...collisionRules,
  ...portRules,
  ...seedSyntaxRules,
  ...seedGraphRules,
  ...swimNameRules,
  ...keepaliveRules,
  ...llmRules,
  ...llmWorkspaceRules,
  ...kernelRules,
  ...storageRules,
  ...swimRules,
  ...productionRules,
  ...fleetChecklistRules,
  ...securityRules,
  ...secretRules,
  ...nexusRules,
  ...meshRules,
  ...dictRules,
  ...pythonFleetRules,
  ...controlRules,
  ...packagingRules,
  ...composeRules,
  composeCycleRule,
  ...containerRules,
  ...dialectRules,
  ...kubernetesRules,
  ...deploymentSecretRules,
  ...fleetFileRules,
  ...suppressionRules,
  ...repositoryRules,
  ...policyFileRules,
];
