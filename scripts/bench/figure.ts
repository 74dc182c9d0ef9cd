// What a figure is and what it gives back: rows with one value per contender, all measured in the same run. The
// report prints them; a row may have a target, which is printed with yes or no and never fails the run.

import type { ContenderName } from "./contender.ts";
import type { Runtime } from "./executables.ts";
import type { World } from "./world.ts";

/** `runtime`: a compiled hello world; `pty`: a program on a bare PTY, read by the same code as the clients. */
export type Reference = "runtime" | "pty";

export interface Row {
  readonly measure: string;
  readonly unit: "ms" | "MB" | "MB/s" | "%";
  /** Absent where a tool cannot do it. */
  readonly values: Readonly<Partial<Record<ContenderName | Reference, number>>>;
  readonly target?: { readonly text: string; readonly met: boolean };
  /** What a reader of the number must know, in a few words. */
  readonly note?: string;
}

export interface Setting {
  readonly runtime: Runtime;
  /** A fresh place with fresh servers; the caller of the figure ends it. */
  readonly world: World;
  /** A smoke run: few repeats, small corpora. */
  readonly quick: boolean;
  /** One line about what is going on. */
  say(line: string): void;
}

export interface Figure {
  readonly name: string;
  readonly about: string;
  measure(setting: Setting): Row[] | Promise<Row[]>;
}
