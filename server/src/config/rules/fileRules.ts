/** Rules about files without a text: nothing here reads them, so whoever reads the disk reports them. */
export const fileRules: ReadonlySet<string> = new Set(['file-unreadable', 'file-not-utf8', 'file-too-large']);
