// The letters before the colon of `#{letters:text}`: which ones there are and how their arguments are written.
// Read by replace.ts. Rule kept: what is no list of modifiers up to a colon is a name, as in tmux.

import { formatSkip } from "./format-skip.ts";

export interface Modifier {
  /** `=`, `s`, `==`, `e`... */
  readonly name: string;
  /** Expanded already. */
  readonly arguments: readonly string[];
}

const TWO_LETTERS = new Set(["||", "&&", "!=", "==", "<=", ">="]);
const WITHOUT_ARGUMENTS = "labcdnwETSWPL!<>";
const WITH_ARGUMENTS = "mCNst=peqR";

export interface Modified {
  readonly modifiers: readonly Modifier[];
  /** What they are applied to. */
  readonly text: string;
}

/** The modifiers and the text behind their colon; without any the whole text. */
export function readModifiers(text: string, expand: (format: string) => string): Modified {
  const modifiers: Modifier[] = [];
  let at = 0;
  while (at < text.length && text.charAt(at) !== ":") {
    if (text.charAt(at) === ";") at++;
    const read = readOne(text, at, expand);
    if (read === undefined) break;
    modifiers.push(read.modifier);
    at = read.end;
  }
  return text.charAt(at) === ":" ? { modifiers, text: text.slice(at + 1) } : { modifiers: [], text };
}

function isEnd(character: string): boolean {
  return character === ";" || character === ":";
}

function readOne(
  text: string,
  at: number,
  expand: (format: string) => string,
): { readonly modifier: Modifier; readonly end: number } | undefined {
  const name = text.charAt(at);
  const plain = (length: number) => ({
    modifier: { name: text.slice(at, at + length), arguments: [] },
    end: at + length,
  });
  if (name === "") return undefined;
  if (WITHOUT_ARGUMENTS.includes(name) && isEnd(text.charAt(at + 1))) return plain(1);
  if (text.startsWith("!!", at) && isEnd(text.charAt(at + 2))) return plain(2);
  if (TWO_LETTERS.has(text.slice(at, at + 2)) && isEnd(text.charAt(at + 2))) return plain(2);
  if (!WITH_ARGUMENTS.includes(name)) return undefined;
  const wrapper = text.charAt(at + 1);
  if (isEnd(wrapper)) return plain(1);
  if (!/[!-/:-@[-`{-~]/.test(wrapper) || wrapper === "-") {
    const end = formatSkip(text, at + 1, ":;");
    if (end < 0) return undefined;
    return { modifier: { name, arguments: [expand(text.slice(at + 1, end))] }, end };
  }
  return readWrapped(text, at, wrapper, expand);
}

/** `s/a/b/`, `e|+|f`: arguments between characters of the reader's choice, the last of which may be left out. */
function readWrapped(text: string, at: number, wrapper: string, expand: (format: string) => string) {
  const values: string[] = [];
  let place = at + 1;
  do {
    if (text.charAt(place) === wrapper && isEnd(text.charAt(place + 1))) {
      place++;
      break;
    }
    const end = formatSkip(text, place + 1, `${wrapper};:`);
    if (end < 0) break;
    values.push(expand(text.slice(place + 1, end)));
    place = end;
  } while (!isEnd(text.charAt(place)));
  return { modifier: { name: text.charAt(at), arguments: values }, end: place };
}
