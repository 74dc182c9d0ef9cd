// fnmatch(3) as tmux's targets use it: `*`, `?`, `[a-z]` and backslash. A pattern without any of them matches itself.

export function patternMatches(pattern: string, text: string): boolean {
  let expression = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === "*") expression += ".*";
    else if (character === "?") expression += ".";
    else if (character === "[") {
      const end = pattern.indexOf("]", at + 2);
      if (end < 0) expression += "\\[";
      else {
        expression += `[${pattern
          .slice(at + 1, end)
          .replace(/^!/, "^")
          .replace(/[\\[]/g, "\\$&")}]`;
        at = end;
      }
    } else {
      if (character === "\\" && at + 1 < pattern.length) at += 1;
      expression += pattern.charAt(at).replace(/[.+^${}()|\]\\/*?[]/g, "\\$&");
    }
  }
  try {
    return new RegExp(`^${expression}$`, "s").test(text);
  } catch {
    return false;
  }
}
