// pipe-pane: what a pane prints goes to a command (or what a command prints is typed into the pane), until it is asked for
// again. Fed from the session's log by offset, so that no byte is lost while the command is slow.

import type { Pane } from "../model/model.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { expand } from "../server/expand.ts";

interface Pipe {
  close(): void;
}

const pipes = new WeakMap<Pane, Pipe>();

export const pipePane: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const found = context.target("pane");
    if (!found.ok) return found;
    const { pane, session } = found.value;
    if (pane.dead !== null) return context.fail("target pane has exited");
    const text = args.text(0);
    const open = pipes.get(pane);
    open?.close();
    pipes.delete(pane);
    pane.piped = false;
    if (text === undefined || text === "") return undefined;
    // With -o a second call only closes.
    if (args.has("o") && open !== undefined) return undefined;
    const command = await expand(server, text, { ...found.value, client: context.formatClient }, { time: true });
    const into = args.has("O") || !args.has("I");
    pipes.set(pane, await openPipe(context, pane, command, { into, from: args.has("I"), cwd: session.cwd }));
    pane.piped = true;
    return undefined;
  },
};

async function openPipe(
  { server }: CommandContext,
  pane: Pane,
  command: string,
  { into, from, cwd }: { readonly into: boolean; readonly from: boolean; readonly cwd: string },
): Promise<Pipe> {
  const link = await server.programs.link(pane);
  const typed = (bytes: Uint8Array) => {
    void link?.send([{ kind: "bytes", data: Buffer.from(bytes).toString("base64") }]).catch(() => {});
  };
  const child = server.jobs.open(command, { cwd }, from ? typed : undefined);
  let closed = false;
  const pipe: Pipe = {
    close() {
      if (closed) return;
      closed = true;
      void child.stdin.end();
    },
  };
  void child.exited.then(() => {
    closed = true;
    if (pipes.get(pane) !== pipe) return;
    pipes.delete(pane);
    pane.piped = false;
  });
  if (into && link !== undefined) void feed();
  return pipe;

  async function feed(): Promise<void> {
    if (link === undefined) return;
    let offset = await link.offset();
    try {
      while (!closed) {
        const { result, bytes } = await link.readLog(offset);
        offset = result.next;
        if (closed) return;
        if (bytes.length > 0) {
          child.stdin.write(bytes);
          await child.stdin.flush();
        }
        if (result.ended && offset >= result.end) break;
      }
    } catch {
      // The program has ended, or nobody reads the pipe any more.
    }
    pipe.close();
  }
}
