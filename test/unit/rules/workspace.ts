/** The small workspaces of tests are those of the examples in docs/rules. */
export * from '../../../scripts/docs/exampleWorkspace.ts';
