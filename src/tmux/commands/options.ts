// set-option, show-options and what is the same with another name: set-window-option, show-window-options, set-hook,
// show-hooks. Here the scope is found and what changes with it is done; options/ knows what may be set to what.

import { type Parsed, parsed, parseFailure } from "../argv/parsed.ts";
import { printCommands } from "../argv/print-command.ts";
import type { OptionPlace } from "../options/option-entry.ts";
import type { OptionScope } from "../options/option-store.ts";
import { type FoundOption, findOption } from "../options/option-table.ts";
import { setOption } from "../options/set-option.ts";
import { showOption, showOptions } from "../options/show-options.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { runHook } from "../server/hooks.ts";
import { isShell } from "../server/settings.ts";
import { applyLayout, recalculateSizes } from "../server/window-sizes.ts";
import type { Target } from "../targets/target.ts";

interface Scope {
  readonly scope: OptionScope;
  readonly place: OptionPlace;
}

const setCommand = (kind: "options" | "window" | "hooks"): CommandHandler => ({
  async run(context) {
    const { server, args } = context;
    const quiet = args.has("q");
    const target = targetOf(context);
    const text = await context.expand(args.text(0) ?? "", { ...target });
    const found = findOption(text);
    if (!found.ok) return quiet ? undefined : found;
    const option = found.value;
    if (kind === "hooks" && args.has("R")) {
      await runHook(server, option.name, target, { hook: option.name });
      return undefined;
    }
    const commands = args.values[1];
    let value = commands?.kind === "commands" ? printCommands(commands.commands) : args.text(1);
    if (value !== undefined && args.has("F")) value = await context.expand(value, { ...target });
    const scope = scopeFor(context, option, target, kind === "window");
    if (!scope.ok) return quiet ? undefined : scope;
    const flags = { append: args.has("a"), unset: args.has("u") || args.has("U"), onlyIfUnset: args.has("o") };
    if (args.has("U") && scope.value.place === "window") {
      for (const pane of target?.window.panes ?? []) pane.options.unset(option.name);
    }
    const checks = { isShell, alias: (name: string) => server.settings.alias(name) };
    const set = setOption(scope.value.scope, option, text, value, flags, checks);
    if (!set.ok) return quiet && set.message.startsWith("already set") ? undefined : set;
    if (option.entry?.kind === "hook") server.settings.hooksSet.add(option.name);
    changed(context, option.name);
    return undefined;
  },
});

export const setOptionCommand = setCommand("options");
export const setWindowOption = setCommand("window");
export const setHook = setCommand("hooks");

/** What an option has an effect on beyond being asked for. */
function changed({ server }: CommandContext, name: string): void {
  server.changed();
  if (name === "pane-border-status") for (const window of server.windows.values()) applyLayout(server, window);
  if (["window-size", "aggressive-resize", "status"].includes(name)) recalculateSizes(server);
  server.notifier.looksDifferent();
}

const showCommand = (kind: "options" | "window" | "hooks"): CommandHandler => ({
  async run(context) {
    const { args } = context;
    const quiet = args.has("q");
    const target = targetOf(context);
    const flags = { inherited: args.has("A"), valuesOnly: args.has("v"), quiet };
    const given = args.text(0);
    if (given === undefined) {
      const scope = scopeFromFlags(context, target, kind === "window");
      if (!scope.ok) return quiet ? undefined : scope;
      const what = kind === "hooks" ? "hooks" : args.has("H") ? "both" : "options";
      for (const line of showOptions(scope.value.scope, { ...flags, place: scope.value.place, what }))
        context.print(line);
      return undefined;
    }
    const text = await context.expand(given, { ...target });
    const found = findOption(text);
    if (!found.ok) return quiet ? undefined : found;
    const scope = scopeFor(context, found.value, target, kind === "window");
    if (!scope.ok) return quiet ? undefined : scope;
    const shown = showOption(scope.value.scope, found.value, text, flags);
    if (!shown.ok) return shown;
    for (const line of shown.value) context.print(line);
    return undefined;
  },
});

export const showOptionsCommand = showCommand("options");
export const showWindowOptions = showCommand("window");
export const showHooks = showCommand("hooks");

/** A target that is not there is only missed by a scope that needs it. */
function targetOf(context: CommandContext): Target | undefined {
  const found = context.target("pane");
  return found.ok ? found.value : undefined;
}

/** Where an option is kept, by its row in the table and the flags. */
function scopeFor(
  context: CommandContext,
  option: FoundOption,
  target: Target | undefined,
  window: boolean,
): Parsed<Scope> {
  const { server, args } = context;
  const { entry } = option;
  if (entry === undefined) return scopeFromFlags(context, target, window);
  const { global } = server.settings;
  if (entry.place === "server") return parsed({ scope: global.server, place: "server" });
  if (entry.place === "session") {
    if (args.has("g")) return parsed({ scope: global.session, place: "session" });
    return target === undefined
      ? missing(context, "session")
      : parsed({ scope: target.session.options, place: "session" });
  }
  if (entry.place === "pane" && args.has("p")) {
    return target === undefined ? missing(context, "pane") : parsed({ scope: target.pane.options, place: "pane" });
  }
  if (args.has("g")) return parsed({ scope: global.window, place: "window" });
  return target === undefined ? missing(context, "window") : parsed({ scope: target.window.options, place: "window" });
}

/** Where a user option is kept, and which options are shown without a name. */
function scopeFromFlags(context: CommandContext, target: Target | undefined, window: boolean): Parsed<Scope> {
  const { server, args } = context;
  const { global } = server.settings;
  if (args.has("s")) return parsed({ scope: global.server, place: "server" });
  if (args.has("p")) {
    return target === undefined ? missing(context, "pane") : parsed({ scope: target.pane.options, place: "pane" });
  }
  if (window || args.has("w")) {
    if (args.has("g")) return parsed({ scope: global.window, place: "window" });
    return target === undefined
      ? missing(context, "window")
      : parsed({ scope: target.window.options, place: "window" });
  }
  if (args.has("g")) return parsed({ scope: global.session, place: "session" });
  return target === undefined
    ? missing(context, "session")
    : parsed({ scope: target.session.options, place: "session" });
}

function missing({ args }: CommandContext, what: "session" | "window" | "pane") {
  const text = args.value("t");
  return parseFailure(text === undefined ? `no current ${what}` : `no such ${what}: ${text}`);
}
