// The paste buffers: set, show, load, save, delete, paste. Files and standard input are the client's own, so the client
// reads and writes them.

import { resolve } from "node:path";
import { type Parsed, parsed, parseFailure } from "../argv/parsed.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import type { PasteBuffer } from "../server/paste-buffers.ts";
import { type } from "./send-keys.ts";

export const setBuffer: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const { buffers } = server;
    const name = args.value("b");
    const renamed = args.value("n");
    const there = name === undefined ? undefined : buffers.get(name);
    if (renamed !== undefined) {
      const old = name === undefined ? buffers.top : there;
      if (old === undefined) return context.fail(name === undefined ? "no buffer" : `unknown buffer: ${name}`);
      buffers.rename(old, renamed);
      server.changed();
      return undefined;
    }
    const text = args.text(0);
    if (text === undefined) return context.fail("no data specified");
    if (text === "") return undefined;
    const data = new TextEncoder().encode(text);
    const before = args.has("a") && there !== undefined ? there.data : new Uint8Array(0);
    store(context, name, Buffer.concat([before, data]));
    return undefined;
  },
};

export const showBuffer: CommandHandler = {
  run(context) {
    const found = bufferOf(context);
    if (!found.ok) return found;
    context.printBytes(found.value.data);
    return undefined;
  },
};

export const deleteBuffer: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const name = args.value("b");
    const buffer = name === undefined ? server.buffers.top : server.buffers.get(name);
    if (buffer === undefined) return context.fail(name === undefined ? "no buffer" : `unknown buffer: ${name}`);
    server.buffers.delete(buffer.name);
    server.notifier.bufferChanged(buffer.name, false);
    server.changed();
    return undefined;
  },
};

export const loadBuffer: CommandHandler = {
  async run(context) {
    const { args, client } = context;
    const path = await pathOf(context);
    const answer =
      path === "-" ? await client.voice.ask({ kind: "stdin" }) : await client.voice.ask({ kind: "read", path });
    if (answer.errno !== undefined) return context.fail(`${path}: ${answer.errno}`);
    store(context, args.value("b"), Buffer.from(answer.data ?? "", "base64"));
    return undefined;
  },
};

export const saveBuffer: CommandHandler = {
  async run(context) {
    const { args, client } = context;
    const found = bufferOf(context);
    if (!found.ok) return found;
    const path = await pathOf(context);
    if (path === "-") {
      context.printBytes(found.value.data);
      return undefined;
    }
    const data = Buffer.from(found.value.data).toString("base64");
    const answer = await client.voice.ask({ kind: "write", path, append: args.has("a"), data });
    return answer.errno === undefined ? undefined : context.fail(`${path}: ${answer.errno}`);
  },
};

export const pasteBuffer: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const { pane } = found.value;
    const name = args.value("b");
    const buffer = name === undefined ? server.buffers.top : server.buffers.get(name);
    if (buffer === undefined) return name === undefined ? undefined : context.fail(`no buffer ${name}`);
    const separator = args.value("s") ?? (args.has("r") ? "\n" : "\r");
    const bytes = separated(buffer.data, separator);
    const link = await server.programs.link(pane);
    const bracketed = args.has("p") && (await link?.facts({ screen: true, history: false }))?.screen?.bracketed_paste;
    const around = bracketed === true ? ["\x1b[200~", "\x1b[201~"] : ["", ""];
    const all = Buffer.concat([Buffer.from(around[0] ?? ""), bytes, Buffer.from(around[1] ?? "")]);
    await type(context, pane, [{ kind: "bytes", data: all.toString("base64") }]);
    if (args.has("d")) {
      server.buffers.delete(buffer.name);
      server.notifier.bufferChanged(buffer.name, false);
      server.changed();
    }
    return undefined;
  },
};

/** Line feeds become the separator. */
function separated(data: Uint8Array, separator: string): Uint8Array {
  if (separator === "\n") return data;
  const text = Buffer.from(data).toString("latin1");
  return Buffer.from(text.replaceAll("\n", Buffer.from(separator).toString("latin1")), "latin1");
}

function store({ server }: CommandContext, name: string | undefined, data: Uint8Array): void {
  const { buffers, settings } = server;
  const stored = name === undefined ? buffers.add(data, settings.number("buffer-limit", {})) : name;
  if (name !== undefined) buffers.set(name, data);
  if (stored !== undefined) server.notifier.bufferChanged(stored, true);
  server.changed();
}

function bufferOf({ server, args }: CommandContext): Parsed<PasteBuffer> {
  const name = args.value("b");
  const buffer = name === undefined ? server.buffers.top : server.buffers.get(name);
  if (buffer !== undefined) return parsed(buffer);
  return parseFailure(name === undefined ? "no buffers" : `no buffer ${name}`);
}

/** A format, relative to where the client is. */
async function pathOf(context: CommandContext): Promise<string> {
  const path = await context.expand(context.args.text(0) ?? "", { ...context.current() });
  return path === "-" ? path : resolve(context.client.hello.cwd, path);
}
