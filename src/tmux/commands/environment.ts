// set-environment and show-environment: what the programs of new panes will find.

import { type Parsed, type ParseFailure, parsed } from "../argv/parsed.ts";
import { EnvironmentTable } from "../model/environment-table.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";

export const setEnvironment: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const name = args.text(0) ?? "";
    if (name === "") return context.fail("empty variable name");
    if (name.includes("=")) return context.fail("variable name contains =");
    const table = tableOf(context);
    if (!table.ok) return table;
    let value = args.text(1);
    if (value !== undefined && args.has("F")) {
      const target = context.target("session");
      value = await context.expand(value, target.ok ? target.value : {});
    }
    if (args.has("u") || args.has("r")) {
      if (value !== undefined) return context.fail(`can't specify a value with -${args.has("u") ? "u" : "r"}`);
      if (args.has("u")) table.value.unset(name);
      else table.value.clear(name);
    } else {
      if (value === undefined) return context.fail("no value specified");
      table.value.set(name, value, args.has("h"));
    }
    server.changed();
    return undefined;
  },
};

export const showEnvironment: CommandHandler = {
  run(context) {
    const { args } = context;
    const found = tableOf(context);
    if (!found.ok) return found;
    const table = found.value;
    const name = args.text(0);
    const shown = (hidden: boolean) => hidden === args.has("h");
    if (name !== undefined) {
      const entry = table.get(name);
      if (entry === undefined) return context.fail(`unknown variable: ${name}`);
      if (shown(entry.hidden)) context.print(EnvironmentTable.print(name, entry, args.has("s")));
      return undefined;
    }
    for (const [key, entry] of table.entries) {
      if (shown(entry.hidden)) context.print(EnvironmentTable.print(key, entry, args.has("s")));
    }
    return undefined;
  },
};

function tableOf(context: CommandContext): Parsed<EnvironmentTable> | ParseFailure {
  const { server, args } = context;
  if (args.has("g")) return parsed(server.environment);
  const found = context.target("session");
  if (found.ok) return parsed(found.value.session.environment);
  return context.fail(args.has("t") ? `no such session: ${args.value("t")}` : "no current session");
}
