// JSON that is safe on a terminal: besides what JSON itself escapes (C0), DEL, C1, direction marks and line
// separators are written as \u escapes. A parser reads back exactly what was there. Rule: faults S6, "JSON
// escapes C1 too".

const UNSAFE = /[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.search(UNSAFE) < 0
    ? text
    : text.replace(UNSAFE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
