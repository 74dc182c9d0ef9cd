// One row of the table of commands: what tmux calls it, the flags that it takes and how much of it bide does.
// Made by the tables beside this file; read by the parser, `list-commands` and docs/tmux.md.

/** exact: as tmux does it. stored: kept and shown, with part of the effect. accepted: no effect, exit 0. */
export type Tier = "exact" | "stored" | "accepted";

/**
 * Which positional arguments may be `{ commands }` besides text: a list of indexes, `from` an index on, or
 * every third one after a name and a key (`menu`).
 */
export type CommandPositions = readonly number[] | { readonly from: number } | "menu";

export interface CommandEntry {
  readonly name: string;
  readonly alias: string | undefined;
  /** As getopt writes it: a letter, `:` when it takes a value, `::` when the value may be missing. */
  readonly flags: string;
  /** Least number of positional arguments. */
  readonly least: number;
  /** Greatest number of positional arguments, or Infinity. */
  readonly most: number;
  /** The words after the name as `list-commands` prints them; empty for a command without any. */
  readonly usage: string;
  readonly commandPositions: CommandPositions;
  readonly tier: Tier;
}

export interface CommandRow {
  readonly alias?: string;
  readonly flags?: string;
  /** Number of positional arguments: exactly, or from and to. None when left out. */
  readonly count?: number | readonly [least: number, most: number];
  readonly usage?: string;
  readonly commands?: CommandPositions;
}

/** Rows of one tier as entries. */
export function entriesOf(tier: Tier, rows: Readonly<Record<string, CommandRow>>): CommandEntry[] {
  return Object.entries(rows).map(([name, row]) => {
    const count = row.count ?? 0;
    const [least, most] = typeof count === "number" ? [count, count] : count;
    return {
      name,
      alias: row.alias,
      flags: row.flags ?? "",
      least,
      most,
      usage: row.usage ?? "",
      commandPositions: row.commands ?? [],
      tier,
    };
  });
}
