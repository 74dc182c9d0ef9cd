// set-option, show-options, set-hook and show-hooks made by the real tmux and by src/tmux/options, one after the
// other on the same state: what is printed and the exit code are equal.

import { expect } from "bun:test";
import type { ParsedCommand } from "../../src/tmux/argv/command-list.ts";
import { parseArguments, parseText } from "../../src/tmux/argv/parse-commands.ts";
import { expandFormat } from "../../src/tmux/formats/expand.ts";
import type { OptionPlace } from "../../src/tmux/options/option-entry.ts";
import { globalOptions, OptionScope } from "../../src/tmux/options/option-store.ts";
import { type FoundOption, findOption } from "../../src/tmux/options/option-table.ts";
import { setOption } from "../../src/tmux/options/set-option.ts";
import { formatOption, showOption, showOptions } from "../../src/tmux/options/show-options.ts";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { RealTmux } from "./real-tmux.ts";

/** Options that 3.3a does not have yet. */
const NEWER =
  /^(?:extended-keys-format|allow-set-title|message-line|menu-(?:border-|selected-)?(?:style|lines)|command-error)\*?(?: |$)/;

/** Command lines of tmux, as words of its command language. */
const CALLS = `
show -s
show -g
show -gw
show-hooks -g
show-hooks -gw
show -Av mouse
show -gv focus-events
show -gv status
show -sv extended-keys
show -gv allow-passthrough
set -g mouse maybe
set -g mouse
show -gv mouse
set -g mouse off
set -g history-limit x
set -g history-limit -1
set -g base-index 99999999999
set -g status-keys foo
set -g status 3
show -g status
set -g default-size foo
set -g default-size 100x
set -g nosuch x
set -g sta x
show nosuch
show -g sta
show -gv mou
show -gv ''
set -g update-environment[2] Z
show -gv update-environment[2]
set -ga update-environment FOO
show -g update-environment
set -gu update-environment[1]
show -g update-environment
set -g update-environment 'A B,C'
show -g update-environment
show -g update-environment[99]
show -gv update-environment[99]
set -g update-environment[x] a
set -gu update-environment
show -gv update-environment
set -g @x[1] v
show -g @x
show -gq @x
set -g @x 'a b"c$d'
show -g @x
show -gv @x
set -ga @x more
show -gv @x
set @x loc
show -A @x
show -A mouse
set -a @new x
show @new
set -p @pp 1
show -p
show -pA @pp
show -A
show -wA
set -g mouse[1] on
set -go mouse on
set -o @x y
set -oq @never z
set -w mode-keys vi
show -w mode-keys
show -w
set -wu mode-keys
show -w mode-keys
set -g prefix C-a
show -g prefix
set -g prefix nosuchkey
set -g prefix ^x
show -gv prefix
set -gu prefix
show -gv prefix
set -ga status-left xx
show -g status-left
set -a status-left yy
show status-left
set -u status-left
set -gu status-left
set -g status-left
set -ga status-style bold
show -g status-style
set -g status-style fg=nosuch
set -gu status-style
set -g word-separators ''
show -g word-separators
set -g pane-colours[3] red
show -gw pane-colours
set -g pane-colours 'red blue,4'
show -gw pane-colours
set -g pane-colours nosuch
set -g cursor-colour colour9
show -gw cursor-colour
set -s command-alias[10] 'zz=ls ; ls'
show -s command-alias
set -as terminal-features ',x*:RGB'
show -s terminal-features
show -v terminal-overrides
set -g terminal-overrides 'a b,c'
show -s terminal-overrides
set -g status-format[0] x
show -g status-format
set -gu status-format[0]
show -g status-format
set -gu status-format
show -g status-format[1]
set -p -t first:0 remain-on-exit failed
show -pv remain-on-exit
show -p remain-on-exit
show -wv remain-on-exit
set -w remain-on-exit on
show -wv remain-on-exit
set -pu remain-on-exit
show -pA remain-on-exit
set -g visual-bell
show -g visual-bell
set -g extended-keys
show -s extended-keys
set -g window-size foo
set -g main-pane-width '50%'
show -gw main-pane-width
set -g pane-border-status mid
set -g cursor-style bar
show -gv cursor-style
set -g aggr
show -gw aggr
set-hook -g after-new-window 'display hi'
show-hooks -g after-new-window
show -g after-new-window
set-hook -ga after-new-window 'ls ; lsw'
show-hooks -g after-new-window
set-hook -gu after-new-window
show-hooks -g after-new-window
set-hook -g 'client-attached[3]' 'run-shell -b "echo #{pane_id}"'
show-hooks -g client-attached
set-hook -gu 'client-attached[3]'
set-hook -g after-new-window nosuch
set-hook -g nosuchhook x
set-hook -p pane-died 'run "echo x"'
show-hooks -p
set-hook -w pane-focus-in[99] 'display focus'
show-hooks -w
set-hook pane-died 'ls'
show-hooks
show -H
show @new
show
`
  .trim()
  .split("\n");

needs("tmux")("options set and shown one after the other, are those of tmux", async () => {
  await using box = sandbox();
  using tmux = new RealTmux(box);
  const globals = globalOptions({
    "default-shell": tmux.run("show-options", "-gv", "default-shell").stdout.trim(),
    "default-size": tmux.run("show-options", "-gv", "default-size").stdout.trim(),
    editor: tmux.run("show-options", "-sv", "editor").stdout.trim(),
  });
  const ours = new OurServer(globals);
  // What new-session with a size of its own sets.
  const size = tmux.run("show-options", "-v", "default-size").stdout.trim();
  if (size !== "") ours.run(["set-option", "default-size", size]);
  for (const call of CALLS) {
    const words = wordsOf(call);
    const real = tmux.run(...words);
    const [code, printed] = ours.run(words);
    expect([call, code, printed]).toEqual([call, real.code, `${real.stdout}${real.stderr}`]);
  }
  // What a restart of the host does: scopes from JSON, and what formats see of them.
  const copy = new OptionScope(globals.session);
  copy.load(JSON.parse(JSON.stringify(ours.session)));
  expect(copy.toJSON()).toEqual(ours.session.toJSON());
  const option = (key: string) => formatOption(key, (name) => copy.find(name));
  const formats = [
    "#{mouse}",
    "#{status}",
    "#{@x}",
    "#{update-environment}",
    "#{update-environment[1]}",
    "#{history-limit}",
  ];
  expect(formats.map((format) => expandFormat(format, { variable: () => undefined, option }))).toEqual([
    ...tmux.expand(formats),
  ]);
  expect([copy.number("history-limit"), copy.isOn("mouse"), copy.items("nosuch")]).toEqual([2000, false, []]);
});

function wordsOf(line: string): readonly string[] {
  const list = parseText(`new-session -- ${line}`);
  if (!list.ok) throw new Error(`${line}: ${list.message}`);
  return list.value.commands[0]?.[0]?.arguments.texts() ?? [];
}

/** As much of a server as these commands need: one session, window and pane. */
class OurServer {
  readonly session: OptionScope;
  readonly #globals: ReturnType<typeof globalOptions>;
  readonly #window: OptionScope;
  readonly #pane: OptionScope;

  constructor(globals: ReturnType<typeof globalOptions>) {
    this.#globals = globals;
    this.session = new OptionScope(globals.session);
    this.#window = new OptionScope(globals.window);
    this.#pane = new OptionScope(this.#window);
  }

  run(words: readonly string[]): [code: number, printed: string] {
    const list = parseArguments(words);
    const command = list.ok ? list.value[0]?.[0] : undefined;
    if (!list.ok) return [1, `${list.message}\n`];
    if (command === undefined) return [0, ""];
    const printed = this.#run(command);
    if (!printed.ok) return [1, `${printed.message}\n`];
    return [
      0,
      printed.value
        .filter((line) => !NEWER.test(line))
        .map((line) => `${line}\n`)
        .join(""),
    ];
  }

  #run(command: ParsedCommand): { ok: true; value: readonly string[] } | { ok: false; message: string } {
    const given = command.arguments;
    const shows = command.entry.name.startsWith("show");
    const hooks = command.entry.name.endsWith("-hook") || command.entry.name === "show-hooks";
    const name = given.text(0);
    const flags = { inherited: given.has("A"), valuesOnly: given.has("v"), quiet: given.has("q") };
    if (name === undefined) {
      const place: OptionPlace = given.has("s")
        ? "server"
        : given.has("p")
          ? "pane"
          : given.has("w")
            ? "window"
            : "session";
      const what = hooks ? "hooks" : given.has("H") ? "both" : "options";
      return { ok: true, value: showOptions(this.#scope(place, given.has("g")), { ...flags, place, what }) };
    }
    const found = findOption(name);
    if (!found.ok) return found;
    const scope = this.#scope(this.#place(found.value, command), given.has("g"));
    if (shows) return showOption(scope, found.value, name, flags);
    const done = setOption(scope, found.value, name, given.text(1), {
      append: given.has("a"),
      unset: given.has("u"),
      onlyIfUnset: given.has("o"),
    });
    if (done.ok || (given.has("q") && done.message.startsWith("already set"))) return { ok: true, value: [] };
    return done;
  }

  #place(found: FoundOption, command: ParsedCommand): OptionPlace {
    const has = (flag: string) => command.arguments.has(flag);
    if (found.entry === undefined) return has("s") ? "server" : has("p") ? "pane" : has("w") ? "window" : "session";
    if (found.entry.place !== "pane") return found.entry.place;
    return has("p") ? "pane" : "window";
  }

  #scope(place: OptionPlace, global: boolean): OptionScope {
    if (place === "server") return this.#globals.server;
    if (place === "session") return global ? this.#globals.session : this.session;
    if (global) return this.#globals.window;
    return place === "pane" ? this.#pane : this.#window;
  }
}
