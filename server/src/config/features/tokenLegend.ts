/** The kinds of words in an env file, in the order in which a client is told about them. */

export const tokenTypes = ['comment', 'keyword', 'property', 'variable', 'string', 'number', 'enumMember', 'operator'] as const;
export const tokenModifiers = ['declaration', 'deprecated', 'defaultLibrary'] as const;
export type TokenType = (typeof tokenTypes)[number];
export type TokenModifier = (typeof tokenModifiers)[number];
