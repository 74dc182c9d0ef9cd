// Key tables: what bind-key and unbind-key keep and list-keys prints. Pure state, one per server; attached clients look
// keys up here. Kept as command text, so that they are the same after a restart of the host.

import type { CommandArguments, CommandList } from "../argv/command-list.ts";
import { type ParseContext, parseArguments, parseText } from "../argv/parse-commands.ts";
import { type Parsed, parsed, parseFailure } from "../argv/parsed.ts";
import { printCommands } from "../argv/print-command.ts";
import { quoteArgument } from "../argv/quote-argument.ts";
import { DEFAULT_BINDINGS } from "./default-bindings.ts";
import { canonicalKey } from "./key-name.ts";
import { keyOrder } from "./key-order.ts";

export interface Binding {
  readonly key: string;
  readonly commands: CommandList;
  /** -r: the key works again without the prefix for a while. */
  readonly repeat: boolean;
  readonly note: string | undefined;
}

/** A binding as JSON. */
export interface SavedBinding {
  readonly table: string;
  readonly key: string;
  readonly commands: string;
  readonly repeat: boolean;
  readonly note?: string | undefined;
}

export class KeyTables {
  readonly #tables = new Map<string, Map<string, Binding>>();

  /** The tables that a new server has. */
  static withDefaults(): KeyTables {
    const tables = new KeyTables();
    for (const [table, lines] of Object.entries(DEFAULT_BINDINGS)) {
      for (const line of lines) tables.#bindLine(table, line);
    }
    return tables;
  }

  names(): readonly string[] {
    return [...this.#tables.keys()].sort();
  }

  find(table: string, key: string): Binding | undefined {
    return this.#tables.get(table)?.get(key);
  }

  /** The bindings of a table in the order of list-keys. */
  bindings(table: string): readonly Binding[] {
    return [...(this.#tables.get(table)?.values() ?? [])].sort((a, b) => keyOrder(a.key) - keyOrder(b.key));
  }

  /** bind-key with its flags. Fails with `unknown key: x` and with what is wrong with the command. */
  bind(given: CommandArguments, context: ParseContext = {}): Parsed<undefined> {
    const name = given.text(0) ?? "";
    const key = canonicalKey(name);
    if (key === undefined) return parseFailure(`unknown key: ${name}`);
    const commands = boundCommands(given, context);
    if (!commands.ok) return commands;
    const table = given.value("T") ?? (given.has("n") ? "root" : "prefix");
    this.#put(table, { key, commands: commands.value, repeat: given.has("r"), note: given.value("N") });
    return parsed(undefined);
  }

  /**
   * unbind-key with its flags; -q is the caller's. Fails with `missing key`, `unknown key: x`,
   * `key given with -a` and `table x doesn't exist`.
   */
  unbind(given: CommandArguments): Parsed<undefined> {
    const name = given.text(0);
    const table = given.value("T") ?? (given.has("n") ? "root" : "prefix");
    if (given.has("a")) {
      if (name !== undefined) return parseFailure("key given with -a");
      if (!this.#tables.has(table)) return parseFailure(`table ${table} doesn't exist`);
      this.#tables.delete(table);
      return parsed(undefined);
    }
    if (name === undefined) return parseFailure("missing key");
    const key = canonicalKey(name);
    if (key === undefined) return parseFailure(`unknown key: ${name}`);
    if (given.has("T") && !this.#tables.has(table)) return parseFailure(`table ${table} doesn't exist`);
    const bindings = this.#tables.get(table);
    bindings?.delete(key);
    if (bindings?.size === 0) this.#tables.delete(table);
    return parsed(undefined);
  }

  toJSON(): readonly SavedBinding[] {
    return this.names().flatMap((table) =>
      this.bindings(table).map(({ key, commands, repeat, note }) => ({
        table,
        key,
        commands: printCommands(commands),
        repeat,
        note,
      })),
    );
  }

  /** Replaces everything by what `toJSON` gave; a command that is no longer understood is left out. */
  load(saved: readonly SavedBinding[]): void {
    this.#tables.clear();
    for (const { table, key, commands, repeat, note } of saved) {
      const list = parseText(commands);
      if (list.ok) this.#put(table, { key, commands: list.value.commands, repeat, note });
    }
  }

  /** A line of the first bindings: `-r KEY COMMANDS`, the commands as list-keys prints them. */
  #bindLine(table: string, line: string): void {
    const [, repeat, name = "", text = ""] = /^(-r )?(\S+) (.*)$/.exec(line) ?? [];
    const key = name.length > 1 ? name.replace(/^"(.*)"$/, "$1").replace(/^\\/, "") : name;
    const list = parseText(text.replaceAll(" \\; ", " ; "));
    if (list.ok)
      this.#put(table, { key, commands: list.value.commands, repeat: repeat !== undefined, note: undefined });
  }

  #put(table: string, binding: Binding): void {
    const bindings = this.#tables.get(table) ?? new Map<string, Binding>();
    bindings.set(binding.key, binding);
    this.#tables.set(table, bindings);
  }
}

/** The commands after the key: one text or `{ }`, or words as of an argument vector. */
function boundCommands(given: CommandArguments, context: ParseContext): Parsed<CommandList> {
  const [first, ...more] = given.values.slice(1);
  if (first === undefined) return parsed([]);
  if (first.kind === "commands") return parsed(first.commands);
  if (more.length > 0) {
    // A block among the words (`if-shell x { ... }`) goes through text, where it keeps its braces.
    const plain = given.values.slice(1).every((value) => value.kind === "text");
    if (plain) return parseArguments(given.texts(1), context);
    const text = given.values
      .slice(1)
      .map((value) => (value.kind === "text" ? wordOf(value.text) : `{ ${printCommands(value.commands)} }`));
    const list = parseText(text.join(" "), { ...context, file: undefined });
    return list.ok ? parsed(list.value.commands) : list;
  }
  const list = parseText(first.text, { ...context, file: undefined });
  return list.ok ? parsed(list.value.commands) : list;
}

/** A `;` among the words divides commands, as in an argument vector. */
function wordOf(text: string): string {
  return text === ";" ? ";" : quoteArgument(text);
}

export interface ListKeys {
  /** -T: only this table. */
  readonly table?: string | undefined;
  /** Only this key, as canonicalKey gives it. */
  readonly key?: string | undefined;
}

/** The lines of list-keys without -N, in columns as tmux aligns them. */
export function listKeys(tables: KeyTables, only: ListKeys = {}): readonly string[] {
  const rows = (only.table === undefined ? tables.names() : [only.table]).flatMap((table) =>
    tables
      .bindings(table)
      .filter((binding) => only.key === undefined || binding.key === only.key)
      .map((binding) => ({ table, binding, key: quoteArgument(binding.key) })),
  );
  const repeats = rows.some(({ binding }) => binding.repeat);
  const tableWidth = Math.max(0, ...rows.map(({ table }) => table.length));
  const keyWidth = Math.max(0, ...rows.map(({ key }) => key.length));
  return rows.map(({ table, binding, key }) => {
    const flag = binding.repeat ? "-r " : repeats ? "   " : "";
    const place = `-T ${table.padEnd(tableWidth)} ${key.padEnd(keyWidth)}`;
    return `bind-key ${flag}${place} ${printCommands(binding.commands, true)}`;
  });
}
