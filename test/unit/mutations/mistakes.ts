/** Every mistake of the suite. Rules that are not named here are made from the bad example of their page alone. */
import type { Mistake } from './mistake.ts';
import { addressMistakes } from './mistakes/addresses.ts';
import { checklistMistakes } from './mistakes/checklists.ts';
import { commentMistakes } from './mistakes/comments.ts';
import { deploymentMistakes } from './mistakes/deployment.ts';
import { nameMistakes } from './mistakes/names.ts';
import { projectMistakes } from './mistakes/project.ts';
import { pythonMistakes } from './mistakes/python.ts';
import { valueMistakes } from './mistakes/values.ts';

export const mistakes: readonly Mistake[] = [
  ...nameMistakes,
  ...addressMistakes,
  ...checklistMistakes,
  ...valueMistakes,
  ...deploymentMistakes,
  ...pythonMistakes,
  ...projectMistakes,
  ...commentMistakes,
];
