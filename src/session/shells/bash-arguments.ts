// Reads the arguments of a bash that is about to be started: is it one that reads commands from the terminal, and which
// startup files does it read? shell-start.ts asks. Rule: what is not certainly an interactive bash is left alone.

export interface BashArguments {
  readonly login: boolean;
  readonly posix: boolean;
  readonly norc: boolean;
  readonly noprofile: boolean;
  /** The user's own --rcfile or --init-file. */
  readonly rcfile: string | undefined;
  /** The arguments without those that the fields above tell, except -l. */
  readonly others: readonly string[];
}

/** Harmless single letters: options of `set`, and -i, -l. Not among them: -c, -s, -r (restricted), -p (privileged). */
const LETTERS = /^-[abefhiklmnuvxBCEHPT]+$/;

/** Undefined when this bash runs a command or a script, edits no lines, or is restricted or privileged. */
export function readBashArguments(words: readonly string[]): BashArguments | undefined {
  let found: BashArguments = {
    login: false,
    posix: false,
    norc: false,
    noprofile: false,
    rcfile: undefined,
    others: [],
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const next = words[at + 1];
    if (word === "--login") found = { ...found, login: true, others: [...found.others, "-l"] };
    else if (word === "--posix") found = { ...found, posix: true };
    else if (word === "--norc") found = { ...found, norc: true };
    else if (word === "--noprofile") found = { ...found, noprofile: true };
    else if ((word === "--rcfile" || word === "--init-file") && next !== undefined) {
      found = { ...found, rcfile: next };
      at += 1;
    } else if (/^[-+][oO]$/.test(word) && next !== undefined) {
      found = {
        ...found,
        posix: found.posix || (word === "-o" && next === "posix"),
        others: [...found.others, word, next],
      };
      at += 1;
    } else if (LETTERS.test(word)) {
      found = { ...found, login: found.login || word.includes("l"), others: [...found.others, word] };
    } else return undefined;
  }
  return found;
}
