// The quotes and escapes that tmux puts around a text when it prints a command or an option's value.
// Used by print-command.ts and options/; pure text to text.

const CONTROLS: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\0": "\\0",
};

/** The text as one word of command text: bare where it can be, else in double quotes, or in single ones. */
export function quoteArgument(text: string): string {
  if (text === "") return "''";
  const quote = /[ #';${}%]/.test(text) ? '"' : /[ "]/.test(text) ? "'" : "";
  if (text.length === 1 && text !== " " && (quote !== "" || text === "~")) return `\\${text}`;
  const escaped = escapeControls(text, quote === '"');
  if (quote !== "") return `${quote}${escaped}${quote}`;
  return escaped.startsWith("~") ? `\\${escaped}` : escaped;
}

/** Controls and backslashes as C writes them; for double quotes `"` and a `$` that would be a variable too. */
export function escapeControls(text: string, doubleQuoted: boolean): string {
  const escaped = text.replace(/[\x00-\x1f\x7f\\]/g, (character) => {
    if (character === "\\") return "\\\\";
    return CONTROLS[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
  return doubleQuoted ? escaped.replace(/"/g, '\\"').replace(/\$(?=[A-Za-z_{])/g, "\\$") : escaped;
}
