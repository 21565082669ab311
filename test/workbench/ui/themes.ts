/** Each theme with a short name, its label in VS Code's picker, and the class of the workbench. */
export const themes = [
  ['dark', 'Dark Modern', 'vs-dark'],
  ['light', 'Light Modern', 'vs'],
  ['hc-dark', 'Dark High Contrast', 'hc-black'],
  ['hc-light', 'Light High Contrast', 'hc-light'],
] as const;
