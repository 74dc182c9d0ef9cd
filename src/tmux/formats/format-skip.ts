// Where a part of a format ends: brackets inside it are skipped, and `#,` `#}` `##` `#:` are no ends.
// Used by every reader of formats.

/** The place of the first of the `ends` at or after `from` that is not inside `#{}`; -1 when there is none. */
export function formatSkip(text: string, from: number, ends: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "#") {
      const next = text.charAt(at + 1);
      if (next === "{") depth++;
      if (next !== "" && ",#{}:".includes(next)) {
        at++;
        continue;
      }
    }
    if (character === "}") depth--;
    if (depth === 0 && ends.includes(character)) return at;
  }
  return -1;
}

/** `left,right` at the first comma that counts; undefined when there is none. */
export function splitAtComma(text: string): readonly [left: string, right: string] | undefined {
  const at = formatSkip(text, 0, ",");
  return at < 0 ? undefined : [text.slice(0, at), text.slice(at + 1)];
}
