// Patterns of formats: fnmatch(3), and POSIX extended regular expressions in JavaScript's. Used by `m:`, `s:`, targets
// and searches.

const CLASSES: Readonly<Record<string, string>> = {
  alnum: "A-Za-z0-9",
  alpha: "A-Za-z",
  blank: " \\t",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\s",
  upper: "A-Z",
  xdigit: "0-9A-Fa-f",
};

/** `#{m/flags:pattern,text}`: the whole text fits the fnmatch pattern, or with `r` a part the regular expression. */
export function matches(pattern: string, text: string, flags: string): boolean {
  const ignoreCase = flags.includes("i");
  if (!flags.includes("r")) return globMatches(pattern, text, ignoreCase);
  return regularExpression(pattern, ignoreCase ? "i" : "")?.test(text) ?? false;
}

/**
 * fnmatch(3) without flags: `*` and `?` match a slash and a leading dot too. What stands between stars has a fixed
 * length, so that the leftmost place of each decides and the time stays linear, whatever the pattern.
 */
export function globMatches(pattern: string, text: string, ignoreCase = false): boolean {
  const flags = ignoreCase ? "isu" : "su";
  const [first = "", ...rest] = globParts(pattern);
  const last = rest.pop();
  if (last === undefined) return new RegExp(`^(?:${first})$`, flags).test(text);
  const head = new RegExp(`^(?:${first})`, flags).exec(text);
  if (head === null) return false;
  let at = head[0].length;
  for (const part of rest) {
    const search = new RegExp(part, `${flags}g`);
    search.lastIndex = at;
    if (search.exec(text) === null) return false;
    at = search.lastIndex;
  }
  const tail = new RegExp(`(?:${last})$`, `${flags}g`);
  tail.lastIndex = at;
  return tail.test(text);
}

/** The pieces between the stars, each as the source of a regular expression. */
function globParts(pattern: string): readonly string[] {
  const parts = [""];
  const add = (source: string) => parts.push((parts.pop() ?? "") + source);
  for (let at = 0; at < pattern.length; ) {
    const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    at += character.length;
    if (character === "*") parts.push("");
    else if (character === "?") add(".");
    else if (character === "\\" && at < pattern.length) {
      const escaped = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
      at += escaped.length;
      add(literal(escaped));
    } else if (character === "[") {
      const set = bracketSet(pattern, at, true);
      add(set?.source ?? "\\[");
      at = set?.end ?? at;
    } else add(literal(character));
  }
  return parts;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/**
 * The set that begins after `[`, as JavaScript writes it; undefined when it is not closed. In fnmatch's sets a
 * backslash takes the meaning of the next character away, in those of POSIX expressions it is itself.
 */
function bracketSet(
  pattern: string,
  from: number,
  escapes: boolean,
): { readonly source: string; readonly end: number } | undefined {
  const negated = /[!^]/.test(pattern.charAt(from)) && (escapes || pattern.charAt(from) === "^");
  let at = negated ? from + 1 : from;
  let inside = "";
  for (let first = true; at < pattern.length; first = false) {
    if (pattern.charAt(at) === "]" && !first) return { source: `[${negated ? "^" : ""}${inside}]`, end: at + 1 };
    const named = /^\[:(\w+):\]/.exec(pattern.slice(at));
    const set = CLASSES[named?.[1] ?? ""];
    if (named !== null && set !== undefined) {
      inside += set;
      at += named[0].length;
      continue;
    }
    const escaped = escapes && pattern.charAt(at) === "\\" && at + 1 < pattern.length;
    if (escaped) at++;
    const taken = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    inside += taken === "-" && !escaped ? "-" : taken.replace(/[\\\]^[&-]/, "\\$&");
    at += taken.length;
  }
  return undefined;
}

/** A POSIX extended expression as JavaScript has it; undefined when it is wrong. */
export function regularExpression(pattern: string, flags: string): RegExp | undefined {
  let source = "";
  for (let at = 0; at < pattern.length; ) {
    const character = pattern.charAt(at);
    const set = character === "[" ? bracketSet(pattern, at + 1, false) : undefined;
    if (set !== undefined) {
      source += set.source;
      at = set.end;
    } else if (character === "\\" && at + 1 < pattern.length) {
      const next = pattern.charAt(at + 1);
      source += /[\w<>]/.test(next) ? ({ "<": "\\b", ">": "\\b" }[next] ?? `\\${next}`) : `\\${next}`;
      at += 2;
    } else {
      source += character;
      at++;
    }
  }
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** `s/pattern/replacement/flags`: everywhere in the text; `\1` to `\9` are what the brackets matched, `\0` all. */
export function substitute(text: string, pattern: string, replacement: string, flags: string): string {
  if (text === "") return text;
  const expression = regularExpression(pattern, flags.includes("i") ? "gi" : "g");
  if (expression === undefined) return text;
  return text.replace(expression, (...found: unknown[]) =>
    replacement.replace(/\\(.)/gs, (_, next: string) => {
      if (!/\d/.test(next)) return next;
      const group = found[Number(next)];
      return typeof group === "string" ? group : "";
    }),
  );
}
