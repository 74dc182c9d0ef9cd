// One row of the table of options: where it may be set, what it may be and what it is at first. Data of tmux 3.4.

export type OptionKind = "text" | "number" | "flag" | "choice" | "colour" | "key" | "style" | "command" | "hook";

/** Where the option is kept. A `pane` one may be set for a window too. */
export type OptionPlace = "server" | "session" | "window" | "pane";

/** A value as text in tmux's own spelling, or the items of an array by index. */
export type OptionValue = string | { readonly [index: number]: string };

export interface OptionEntry {
  readonly name: string;
  readonly place: OptionPlace;
  readonly kind: OptionKind;
  readonly value: OptionValue;
  readonly array: boolean;
  /** Characters that divide a text into the items of an array; empty: it is one item. */
  readonly separators: string;
  /** Of a number. */
  readonly least: number;
  readonly most: number;
  readonly choices: readonly string[];
  /** Of a text: what it must look like. */
  readonly pattern: RegExp | undefined;
}

type Described = Omit<OptionEntry, "name" | "place">;

const NOTHING = {
  array: false,
  separators: " ,",
  least: 0,
  most: 0,
  choices: [],
  pattern: undefined,
} as const;

const UNSIGNED = 4294967295;
export const INTEGER = 2147483647;

export function text(value: string, pattern?: RegExp): Described {
  return { ...NOTHING, kind: "text", value, pattern };
}

export function style(value: string): Described {
  return { ...NOTHING, kind: "style", value };
}

export function number(value: number, least: number, most: number = UNSIGNED): Described {
  return { ...NOTHING, kind: "number", value: String(value), least, most };
}

export function flag(value: "on" | "off"): Described {
  return { ...NOTHING, kind: "flag", value };
}

export function choice(value: string, choices: string): Described {
  return { ...NOTHING, kind: "choice", value, choices: choices.split(" ") };
}

export function colour(value: string): Described {
  return { ...NOTHING, kind: "colour", value };
}

export function key(value: string): Described {
  return { ...NOTHING, kind: "key", value };
}

export function array(kind: "text" | "colour", values: readonly string[], separators = " ,"): Described {
  return { ...NOTHING, kind, value: { ...values }, array: true, separators };
}

export function hook(): Described {
  return { ...NOTHING, kind: "hook", value: {}, array: true, separators: "" };
}

/** The rows of one place; `rows` gives each name what it is. */
export function optionsOf(place: OptionPlace, rows: Readonly<Record<string, Described>>): OptionEntry[] {
  return Object.entries(rows).map(([name, described]) => ({ name, place, ...described }));
}
