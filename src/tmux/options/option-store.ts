// Where option values are kept: scopes, each of which knows what it was given itself and asks its parent for the
// rest. Pure state: the server holds one scope per session, window and pane, and the three global ones.

import type { OptionPlace, OptionValue } from "./option-entry.ts";
import { OPTIONS } from "./option-table.ts";

/** As JSON: only what was set. */
export type SavedOptions = Readonly<Record<string, OptionValue>>;

export class OptionScope {
  readonly parent: OptionScope | undefined;
  readonly #own = new Map<string, OptionValue>();
  /** The first values of a global scope, which unsetting gives back. */
  readonly #first: ReadonlyMap<string, OptionValue>;

  constructor(parent?: OptionScope, first: ReadonlyMap<string, OptionValue> = new Map()) {
    this.parent = parent;
    this.#first = first;
  }

  /** What was set here, or is a first value here. */
  own(name: string): OptionValue | undefined {
    return this.#own.get(name) ?? this.#first.get(name);
  }

  /** The value in force: of this scope or of the nearest one above. */
  find(name: string): OptionValue | undefined {
    return this.own(name) ?? this.parent?.find(name);
  }

  /** The value in force as text; empty when there is none or it is an array. */
  text(name: string): string {
    const value = this.find(name);
    return typeof value === "string" ? value : "";
  }

  /** The value in force as a number; 0 for anything else. */
  number(name: string): number {
    return Number(this.text(name)) || 0;
  }

  /** A flag in force. */
  isOn(name: string): boolean {
    return this.text(name) === "on";
  }

  /** The items of an array in force, by index. */
  items(name: string): readonly string[] {
    const value = this.find(name);
    return value === undefined || typeof value === "string" ? [] : Object.values(value);
  }

  set(name: string, value: OptionValue): void {
    this.#own.set(name, value);
  }

  /** Takes the value away; a global one gets its first value again. */
  unset(name: string): void {
    this.#own.delete(name);
  }

  /** Names of what was set here or has a first value, in order. */
  names(): readonly string[] {
    return [...new Set([...this.#own.keys(), ...this.#first.keys()])].sort();
  }

  toJSON(): SavedOptions {
    return Object.fromEntries(this.#own);
  }

  load(saved: SavedOptions): void {
    for (const [name, value] of Object.entries(saved)) this.#own.set(name, value);
  }
}

/** The scopes that a server has one of each. */
export interface GlobalOptions {
  readonly server: OptionScope;
  /** `-g`: above every session. */
  readonly session: OptionScope;
  /** `-gw`: above every window, and above every pane through its window. */
  readonly window: OptionScope;
}

/** Fresh global scopes; `given` replaces first values that depend on the machine, such as default-shell. */
export function globalOptions(given: Readonly<Record<string, string>> = {}): GlobalOptions {
  const first = (...places: OptionPlace[]) =>
    new Map(
      OPTIONS.filter((entry) => places.includes(entry.place)).map((entry) => [
        entry.name,
        given[entry.name] ?? entry.value,
      ]),
    );
  return {
    server: new OptionScope(undefined, first("server")),
    session: new OptionScope(undefined, first("session")),
    window: new OptionScope(undefined, first("window", "pane")),
  };
}
