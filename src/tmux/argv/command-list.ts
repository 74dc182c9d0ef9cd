// Commands after parsing: one with its flags and arguments, and lists of them as tmux runs them.
// Built by parse-arguments.ts and parse-text.ts, run by the server, printed by print-command.ts.

import type { CommandEntry } from "./command-entry.ts";

/** A positional argument: text, or commands that stood in braces. */
export type ArgumentValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "commands"; readonly commands: CommandList };

export interface ParsedCommand {
  readonly entry: CommandEntry;
  readonly arguments: CommandArguments;
}

/** Commands joined by `;`: the first that fails takes the rest of its group with it. */
export type CommandGroup = readonly ParsedCommand[];

/** Groups run one after the other whatever happens: each line of a file is one. */
export type CommandList = readonly CommandGroup[];

/** The flags and arguments of one command. A flag may be given several times; `value` is the last, as in tmux. */
export class CommandArguments {
  readonly #flags: ReadonlyMap<string, readonly (string | undefined)[]>;
  readonly values: readonly ArgumentValue[];

  constructor(flags: ReadonlyMap<string, readonly (string | undefined)[]>, values: readonly ArgumentValue[]) {
    this.#flags = flags;
    this.values = values;
  }

  has(flag: string): boolean {
    return this.#flags.has(flag);
  }

  /** How often the flag was given: `display-message -vv`. */
  count(flag: string): number {
    return this.#flags.get(flag)?.length ?? 0;
  }

  /** The last value of the flag; undefined when it is not there or has none. */
  value(flag: string): string | undefined {
    return this.#flags.get(flag)?.at(-1);
  }

  /** Every value of the flag in the order given: `new-session -e A=1 -e B=2`. */
  valuesOf(flag: string): readonly string[] {
    return (this.#flags.get(flag) ?? []).filter((value) => value !== undefined);
  }

  /** The flags in the order in which tmux prints them. */
  flagNames(): readonly string[] {
    return [...this.#flags.keys()].sort();
  }

  /** The text of a positional argument; undefined when it is not there or is commands. */
  text(index: number): string | undefined {
    const value = this.values[index];
    return value?.kind === "text" ? value.text : undefined;
  }

  /** The texts of the arguments from an index on; commands among them are left out. */
  texts(from = 0): readonly string[] {
    return this.values.slice(from).flatMap((value) => (value.kind === "text" ? [value.text] : []));
  }
}
