// send-keys: what is typed into a pane, as the program in it wants its keys. What is no key's name is typed as text.

import type { InputItem } from "../../client/index.ts";
import { parseKey } from "../../terminal/keys-names.ts";
import { END_SENDS, HOME_SENDS } from "../keys/home-end.ts";
import type { Pane } from "../model/model.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { numberProblem } from "./new-session.ts";

export const sendKeys: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const { pane, window } = found.value;
    let repeat = 1;
    const count = args.value("N");
    if (count !== undefined) {
      const problem = numberProblem(count, 1, 4294967295);
      if (problem !== undefined) return context.fail(`repeat count ${problem}`);
      repeat = Math.min(Number(count), MOST_REPEATS);
    }
    if (args.has("X")) return copyModeCommand(context, pane);
    if (args.has("M")) return context.fail("no mouse target");
    if (args.has("K")) return undefined;
    const together = server.settings.flag("synchronize-panes", { window });
    const panes = together ? window.panes : [pane];
    if (args.has("R")) {
      for (const one of panes) await (await server.programs.link(one))?.reset({ screen: true, history: false });
    }
    const items: InputItem[] = [];
    for (let round = 0; round < repeat; round += 1)
      for (const word of args.texts()) items.push(...itemsOf(context, word));
    for (const one of panes) await type(context, one, items);
    return undefined;
  },
};

/** send-prefix: the prefix key itself, for a program that has the same one. */
export const sendPrefix: CommandHandler = {
  async run(context) {
    const found = context.target("pane");
    if (!found.ok) return found;
    const { pane, session } = found.value;
    const key = context.server.settings.text(context.args.has("2") ? "prefix2" : "prefix", { session });
    if (key !== "None") await type(context, pane, itemsOf(context, key));
    return undefined;
  },
};

/** `-N 1000000` of a long text must not fill the memory. */
const MOST_REPEATS = 10_000;

function itemsOf({ args }: CommandContext, word: string): InputItem[] {
  if (args.has("H")) {
    const code = Number.parseInt(word, 16);
    return Number.isNaN(code) || code < 0 || code > 255 ? [] : [bytes(Uint8Array.of(code))];
  }
  if (args.has("l")) return [text(word)];
  const key = keyOf(word);
  return key === undefined ? [text(word)] : [key];
}

/** A word that is the name of a key, as tmux writes names. A single character is itself. */
function keyOf(word: string): InputItem | undefined {
  const hex = /^0x([0-9a-f]+)$/i.exec(word);
  if (hex !== null) {
    const code = Number.parseInt(hex[1] ?? "", 16);
    return code > 0x10ffff ? undefined : text(String.fromCodePoint(code));
  }
  if ([...word].length === 1) return text(word);
  const name = OWN_NAMES[word.toLowerCase()] ?? word;
  if (!isTmuxName(name)) return undefined;
  return parseKey(name) === undefined ? undefined : { kind: "key", key: name };
}

/** bide knows friendlier names too (`ctrl-c`, `esc`); tmux types those as text. */
function isTmuxName(word: string): boolean {
  const rest = word.replace(/^(?:[CMScms]-)+(?=.)/, "");
  if (/^\^.$/s.test(rest)) return true;
  if ([...rest].length === 1) return rest !== word || word.length === 1;
  return TMUX_NAMES.has(rest.toLowerCase());
}

const OWN_NAMES: Readonly<Record<string, string>> = {
  insert: "IC",
  delete: "DC",
  pageup: "PPage",
  pgup: "PPage",
  pagedown: "NPage",
  pgdn: "NPage",
};

const TMUX_NAMES = new Set([
  ...["enter", "escape", "space", "tab", "btab", "bspace", "ic", "insert", "dc", "delete", "home", "end", "ppage"],
  ...["npage", "pageup", "pgup", "pagedown", "pgdn", "up", "down", "left", "right", "kpenter"],
  ...["kp/", "kp*", "kp-", "kp7", "kp8", "kp9", "kp+", "kp4", "kp5", "kp6", "kp1", "kp2", "kp3", "kp0", "kp."],
  ...Array.from({ length: 12 }, (_, number) => `f${number + 1}`),
]);

function text(word: string): InputItem {
  return bytes(new TextEncoder().encode(word));
}

function bytes(data: Uint8Array): InputItem {
  return { kind: "bytes", data: Buffer.from(data).toString("base64") };
}

/** A pane whose program has ended, or that was told to take no input, takes nothing and nobody is told. */
export async function type({ server }: CommandContext, pane: Pane, items: InputItem[]): Promise<void> {
  if (items.length === 0 || pane.inputOff) return;
  const link = await server.programs.link(pane);
  const meant = pane.adopted ? items : items.map((item) => AS_TMUX_SENDS.get(nameOf(item)) ?? item);
  await link?.send(joined(meant)).catch(() => {});
}

const AS_TMUX_SENDS: ReadonlyMap<string, InputItem> = new Map([
  ["home", text(HOME_SENDS)],
  ["end", text(END_SENDS)],
]);

function nameOf(item: InputItem): string {
  return item.kind === "key" ? item.key.toLowerCase() : "";
}

/** Neighbouring texts as one. */
function joined(items: readonly InputItem[]): InputItem[] {
  const out: InputItem[] = [];
  for (const item of items) {
    const last = out.at(-1);
    if (item.kind === "bytes" && last?.kind === "bytes") {
      const both = Buffer.concat([Buffer.from(last.data, "base64"), Buffer.from(item.data, "base64")]);
      out[out.length - 1] = { kind: "bytes", data: both.toString("base64") };
    } else out.push(item);
  }
  return out;
}

/** Copy mode is only entered and left here: `cancel` and what ends with it. */
function copyModeCommand(context: CommandContext, pane: Pane) {
  if (pane.mode === null) return context.fail("not in a mode");
  const [word = ""] = context.args.texts();
  if (/^(?:cancel|.*-and-cancel)$/.test(word)) {
    pane.mode = null;
    context.server.notifier.paneModeChanged(pane);
    context.server.changed();
  }
  return undefined;
}
