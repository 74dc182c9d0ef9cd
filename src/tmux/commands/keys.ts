// bind-key, unbind-key, list-keys: the tables of key bindings, kept and listed. The default tables are only made when
// somebody asks for a table, because most servers never are.

import { canonicalKey } from "../keys/key-name.ts";
import { type KeyTables, listKeys } from "../keys/key-tables.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { keyTables } from "../server/key-bindings.ts";
import { parseContext } from "../server/queue.ts";

export const bindKey: CommandHandler = {
  run(context) {
    const bound = tablesOf(context).bind(context.args, parseContext(context.server));
    return bound.ok ? keep(context) : bound;
  },
};

export const unbindKey: CommandHandler = {
  run(context) {
    const unbound = tablesOf(context).unbind(context.args);
    if (!unbound.ok) return context.args.has("q") ? undefined : unbound;
    return keep(context);
  },
};

export const listKeysCommand: CommandHandler = {
  run(context) {
    const { args } = context;
    const tables = tablesOf(context);
    const given = args.text(0);
    const key = given === undefined ? undefined : canonicalKey(given);
    if (given !== undefined && key === undefined) return context.fail(`invalid key: ${given}`);
    const table = args.value("T");
    if (table !== undefined && !tables.names().includes(table)) return context.fail(`table ${table} doesn't exist`);
    const lines = args.has("N") ? notes(context, tables, table, key) : listKeys(tables, { table, key });
    if (lines.length === 0 && given !== undefined) return context.fail(`unknown key: ${given}`);
    for (const line of args.has("1") ? lines.slice(0, 1) : lines) context.print(line);
    return undefined;
  },
};

/** What each key of the root and the prefix table is for. */
function notes(
  { server, args }: CommandContext,
  tables: KeyTables,
  only: string | undefined,
  key: string | undefined,
): readonly string[] {
  const prefix = server.settings.text("prefix", {});
  const rows = (only === undefined ? ["root", "prefix"] : [only]).flatMap((table) =>
    tables
      .bindings(table)
      .filter((binding) => (key === undefined || binding.key === key) && (args.has("a") || binding.note !== undefined))
      .map((binding) => {
        // A table that was asked for by name is listed without the prefix key.
        const typed = only === undefined && table === "prefix" && prefix !== "None" ? `${prefix} ` : "";
        const before = args.value("P") ?? typed;
        return { keys: `${before}${binding.key}`, note: binding.note ?? "" };
      }),
  );
  const width = Math.max(0, ...rows.map(({ keys }) => keys.length));
  return rows.map(({ keys, note }) => `${keys.padEnd(width)} ${note}`);
}

function tablesOf({ server }: CommandContext): KeyTables {
  return keyTables(server);
}

function keep({ server }: CommandContext): undefined {
  server.savedKeys = server.keys?.toJSON();
  server.changed();
}
