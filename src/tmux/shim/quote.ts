// Text as one word of a shell's language, for what `env` prints and the shim says.

/** POSIX shells: nothing is special between single quotes. */
export function quoteForSh(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** fish: between single quotes a backslash quotes itself and the quote. */
export function quoteForFish(text: string): string {
  return `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
}
