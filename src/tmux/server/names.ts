// Names of sessions and windows as tmux keeps them: `:` and `.` are what targets are cut at, so they become `_`; control
// characters are shown.

export function cleanName(name: string): string {
  let out = "";
  for (const character of name.replace(/[:.]/g, "_")) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 32 && code !== 127) out += character === "\\" ? "\\\\" : character;
    else out += CONTROLS[code] ?? `\\${code.toString(8).padStart(3, "0")}`;
  }
  return out;
}

const CONTROLS: Readonly<Record<number, string>> = {
  7: "\\a",
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
};
