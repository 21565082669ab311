/** What rules may ask about the disk beyond the documents. Whoever reads the disk answers; the rules stay pure. */

export type FileAt =
  | { readonly kind: 'text'; readonly text: string }
  /** There, but no UTF-8 text of a bearable size, or not readable. */
  | { readonly kind: 'other' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'absent' }
  /** Nobody can say: the workspace is not on a disk. */
  | { readonly kind: 'unknown' };

export interface VersionControl {
  /** `open`: neither tracked nor ignored, so the next `git add` takes it. */
  readonly state: 'tracked' | 'ignored' | 'open';
  /** URI of the working tree. */
  readonly repository: string;
}

export interface Surroundings {
  fileAt(uri: string): FileAt;
  /** What git makes of a file or, with a slash at the end, of a folder; null outside of repositories and where it cannot be known. */
  versionControl(uri: string): VersionControl | null;
}

export const noSurroundings: Surroundings = { fileAt: () => ({ kind: 'unknown' }), versionControl: () => null };
