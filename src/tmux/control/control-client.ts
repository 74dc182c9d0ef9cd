// A client in control mode (`-C`, `-CC`): commands come as lines, each answer stands between %begin and %end, and what
// happens in the server is told in lines between the answers. calls.ts makes one; pane-output.ts sends what panes print.

import type { CommandList } from "../argv/command-list.ts";
import type { Parsed } from "../argv/parsed.ts";
import { detachClient } from "../server/attached-clients.ts";
import type { TmuxClient } from "../server/client.ts";
import type { ShimConnection } from "../server/connection.ts";
import type { ControlEvent, ControlListener } from "../server/notifier.ts";
import { parseCommandText, runCommands } from "../server/queue.ts";
import type { TmuxServer } from "../server/tmux-server.ts";
import { notificationLine } from "./notifications.ts";
import { PaneOutput } from "./pane-output.ts";
import { Subscriptions } from "./subscriptions.ts";

/** A line that never ends must not fill the memory of the host. */
const LONGEST_LINE = 1 << 20;

export class ControlClient implements ControlListener {
  readonly client: TmuxClient;
  readonly #server: TmuxServer;
  readonly #connection: ShimConnection;
  readonly #output: PaneOutput;
  readonly #subscriptions: Subscriptions;
  readonly #decoder = new TextDecoder();
  #line = "";
  #queue: Promise<void> = Promise.resolve();
  #answering = false;
  /** Told while an answer is being written: it follows behind it. */
  #held: string[] = [];
  #ended = false;
  /** It is to end once the answer that is being written is. */
  #leaving = false;

  constructor(server: TmuxServer, client: TmuxClient, connection: ShimConnection) {
    this.#server = server;
    this.client = client;
    this.#connection = connection;
    this.#output = new PaneOutput(server, client, connection, (line) => this.#tell(line));
    this.#subscriptions = new Subscriptions(server, client, (line) => this.#tell(line));
    client.subscribe = (subscription) => this.#subscriptions.change(subscription);
    client.paneState = (state) => this.#output.change(state);
    client.exitLine = (reason) => this.#exit(reason);
    server.notifier.listen(this);
    if (client.hello.control === 2) this.#write("\x1bP1000p");
  }

  /** Runs the command line's own commands; a client that did not attach with them ends. */
  begin(list: Parsed<CommandList>): void {
    this.#enqueue(async () => {
      if (!list.ok) await this.#answer(0, () => Promise.resolve({ ok: false, text: list.message }));
      else await this.#run(list.value, 0);
      if (!this.client.attached) this.#exit(undefined);
    });
  }

  input(bytes: Uint8Array): void {
    this.#line += this.#decoder.decode(bytes, { stream: true });
    for (let end = this.#line.indexOf("\n"); end >= 0; end = this.#line.indexOf("\n")) {
      const line = this.#line.slice(0, end).replace(/\r$/, "");
      this.#line = this.#line.slice(end + 1);
      this.#command(line);
    }
    if (this.#line.length > LONGEST_LINE) this.#exit("too far behind");
  }

  inputEnd(): void {
    this.#enqueue(async () => {
      if (this.client.attached) detachClient(this.#server, this.client);
      else this.#exit(undefined);
    });
  }

  notify(event: ControlEvent): void {
    const line = notificationLine(this.#server, this.client, event);
    if (line !== undefined) this.#tell(line);
    this.#output.update();
    this.#subscriptions.look();
  }

  /** A pane printed, or something else changed that a subscription may be about. */
  stirred(): void {
    this.#subscriptions.look();
  }

  dispose(): void {
    this.#ended = true;
    this.#server.notifier.forget(this);
    this.#output.dispose();
    this.#subscriptions.dispose();
  }

  #command(line: string): void {
    this.#enqueue(async () => {
      // An empty line is how a person leaves.
      if (line === "") {
        if (this.client.attached) detachClient(this.#server, this.client);
        return;
      }
      const list = parseCommandText(this.#server, line);
      if (list.ok) await this.#run(list.value.commands, 1);
      else await this.#answer(1, () => Promise.resolve({ ok: false, text: `parse error: ${list.message}` }));
    });
  }

  /** One after the other: a command that waits keeps the later ones waiting, as in tmux. */
  #enqueue(run: () => Promise<void>): void {
    this.#queue = this.#queue.then(() => (this.#ended ? undefined : run())).catch(() => {});
  }

  /** Each command of a list has an answer of its own; the first that fails ends its group. */
  async #run(list: CommandList, flags: 0 | 1): Promise<void> {
    for (const group of list) {
      for (const command of group) {
        const ok = await this.#answer(flags, async (print) => {
          let failure = "";
          const outcome = await runCommands(this.#server, [[command]], {
            client: this.client,
            print,
            error: (text) => {
              failure += `${text}\n`;
            },
          });
          return { ok: outcome.ok, text: failure.replace(/\n$/, "") };
        });
        if (!ok) break;
      }
    }
  }

  async #answer(
    flags: 0 | 1,
    run: (print: (bytes: Uint8Array) => void) => Promise<{ ok: boolean; text: string }>,
  ): Promise<boolean> {
    const guard = `${Math.floor(Date.now() / 1000)} ${this.#server.nextItem()} ${flags}`;
    this.#answering = true;
    const pieces: Uint8Array[] = [];
    const { ok, text } = await run((bytes) => pieces.push(bytes));
    const body = Buffer.concat(pieces);
    const ended = body.length === 0 || body.at(-1) === 10 ? "" : "\n";
    this.#write(
      Buffer.concat([
        Buffer.from(`%begin ${guard}\n`),
        body,
        Buffer.from(`${ended}${text === "" ? "" : `${text}\n`}${ok ? "%end" : "%error"} ${guard}\n`),
      ]),
    );
    this.#answering = false;
    const held = this.#held;
    this.#held = [];
    for (const line of held) this.#write(`${line}\n`);
    if (this.#leaving) this.#exit(undefined);
    else this.#output.update();
    return ok;
  }

  #tell(line: string): void {
    if (this.#ended) return;
    if (this.#answering && !line.startsWith("%output")) this.#held.push(line);
    else this.#write(`${line}\n`);
  }

  #exit(reason: string | undefined): void {
    if (this.#ended) return;
    if (this.#answering) {
      this.#leaving = true;
      return;
    }
    for (const line of this.#held) this.#write(`${line}\n`);
    this.#write(reason === undefined ? "%exit\n" : `%exit ${reason}\n`);
    if (this.client.hello.control === 2) this.#write("\x1b\\");
    this.dispose();
    this.#connection.exit({ code: this.client.exitCode, unsupported: this.client.unsupported });
  }

  #write(data: string | Uint8Array): void {
    this.#connection.output(typeof data === "string" ? new TextEncoder().encode(data) : data);
  }
}
