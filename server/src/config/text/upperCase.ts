/**
 * `name.toUpperCase()`, without a copy where that changes nothing. Names of variables are in upper case nearly always, a file
 * has 100,000 of them, and of each copy the engine works out anew under which hash a map has it.
 */
export function upperCase(name: string): string {
  return isUpperCase(name) ? name : name.toUpperCase();
}

/**
 * The same name, as a string of its own where it is in upper case: a part of a text that only points into the text is slow
 * to go through, and names are gone through many times.
 */
export function ownCharacters(name: string): string {
  const upper = name.toUpperCase();
  return upper === name ? upper : name;
}

/** Whether a name is plain ASCII without lower-case letters, so that it is its own upper case. */
export function isUpperCase(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code >= 0x80 || (code >= 0x61 && code <= 0x7a)) return false;
  }
  return true;
}
