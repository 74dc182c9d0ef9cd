// One call of `bide tmux`: connects to the tmux server of its namespace, starting one where there is none, says what is
// wanted, prints what comes, and gives the exit code. A server that died before it heard anything is asked again.

import { errnoOf, messageOf } from "../../base/errors.ts";
import { type Environment, type Locations, tmuxSocket } from "../../base/locations.ts";
import { connectSocket, type Transport } from "../../client/transport.ts";
import { FrameDecoder } from "../../protocol/frames.ts";
import type { GlobalFlags } from "../argv/global-flags.ts";
import { answerAsk } from "./client-files.ts";
import type { ShimLog } from "./shim-log.ts";
import { print, writeAll } from "./shim-output.ts";
import { recordPath } from "./socket-path.ts";
import {
  type ClientAsk,
  type ClientExit,
  type ClientHello,
  type ClientShow,
  type ClientTerminal,
  decodeWireJson,
  encodeWire,
  encodeWireBytes,
  encodeWireJson,
  WIRE,
  WIRE_VERSION,
} from "./wire.ts";

/** Shows panes on the terminal of an attached client until the server says that it is over. */
export interface AttachedView {
  show(what: ClientShow): void;
  /** Gives the terminal back; `message` is the last line. */
  end(message: string | undefined): Promise<void>;
}

export interface ShimOptions {
  readonly env: Environment;
  /** Program and arguments that run bide: how a host is started. */
  readonly command: readonly string[];
  /** The caller's terminal; null without one. */
  readonly terminal: () => ClientTerminal | null;
  /** Makes the view of an attached client; `resized` and `left` are what it tells the server. */
  readonly attach: (events: AttachEvents) => Promise<AttachedView>;
}

export interface AttachEvents {
  resized(size: { readonly cols: number; readonly rows: number }): void;
  /** A key after the prefix. */
  key(key: string): void;
  /** `reason`: what became of the session that was shown. */
  left(reason: { readonly kind: "detached" | "ended" | "lost"; readonly session_id: string }): void;
}

/** As the client library waits for one. */
const DYING_HOST_ATTEMPTS = 8;
const DYING_HOST_MS = 25;

export class ShimCall {
  readonly #argv: readonly string[];
  readonly #flags: GlobalFlags;
  readonly #socket: { readonly path: string; readonly shown: string };
  readonly #locations: Locations;
  readonly #options: ShimOptions;
  readonly #log: ShimLog;
  #ended = Promise.withResolvers<number | "unheard">();
  #welcomed = false;
  #transport: Transport | undefined;
  #view: Promise<AttachedView> | undefined;
  #exited = false;

  constructor(
    argv: readonly string[],
    flags: GlobalFlags,
    socket: { readonly path: string; readonly shown: string },
    locations: Locations,
    options: ShimOptions,
    log: ShimLog,
  ) {
    this.#argv = argv;
    this.#flags = flags;
    this.#socket = socket;
    this.#locations = locations;
    this.#options = options;
    this.#log = log;
  }

  async run(): Promise<number> {
    for (let attempt = 1; ; attempt += 1) {
      const code = await this.#call();
      if (code !== "unheard") return code;
      // A host that was killed a moment ago accepts connections until its last thread is gone.
      if (attempt === DYING_HOST_ATTEMPTS) return this.#unexpected();
      await new Promise((resolve) => setTimeout(resolve, DYING_HOST_MS));
    }
  }

  async #call(): Promise<number | "unheard"> {
    this.#welcomed = false;
    this.#exited = false;
    this.#ended = Promise.withResolvers<number | "unheard">();
    const refused = await this.#connect();
    if (refused !== undefined) {
      const { startServer } = await import("./start-server.ts");
      const problem = await startServer({
        argv: this.#argv,
        socket: this.#socket,
        refused,
        recorded: recordPath(this.#locations.stateRoot, this.#socket.path),
        adopts: this.#pane !== null,
        noStart: this.#flags.noStart,
        env: this.#options.env,
        command: this.#options.command,
      });
      if (problem !== undefined) {
        print(2, `${problem}\n`, this.#log);
        return 1;
      }
      const again = await this.#connect();
      if (again !== undefined) {
        print(2, `error connecting to ${this.#socket.shown} (${again.message})\n`, this.#log);
        return 1;
      }
    }
    this.#send(encodeWireJson(WIRE.hello, this.#hello()));
    return this.#ended.promise;
  }

  /** Undefined once connected. */
  async #connect(): Promise<{ errno: string | undefined; message: string } | undefined> {
    const decoder = new FrameDecoder();
    try {
      this.#transport = await connectSocket(this.#socket.path, {
        onData: (bytes) => {
          const framed = decoder.push(bytes, ({ type, payload }) => this.#receive(type, payload));
          if (!framed.ok) this.#lost();
        },
        onClose: () => this.#lost(),
      });
      return undefined;
    } catch (error) {
      return { errno: errnoOf(error), message: messageOf(error) };
    }
  }

  /** The caller's own pane, which the default server knows or adopts; other servers have panes of their own. */
  get #pane(): string | null {
    const { env } = this.#options;
    const isDefault = this.#socket.path === tmuxSocket(this.#locations.runtimeDir);
    return isDefault && env.BIDE_SESSION_ID ? (env.BIDE_PANE ?? null) : null;
  }

  #hello(): ClientHello {
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.#options.env)) if (value !== undefined) env[name] = value;
    return {
      version: WIRE_VERSION,
      argv: this.#argv,
      cwd: workingDirectory(env),
      env,
      pid: process.pid,
      uid: process.getuid?.() ?? 0,
      umask: process.umask(),
      terminal: this.#flags.control > 0 ? null : this.#options.terminal(),
      control: this.#flags.control,
      configFiles: this.#flags.configFiles,
      pane: this.#pane,
      log: this.#log.on,
    };
  }

  #send(bytes: Uint8Array): void {
    this.#transport?.write(bytes);
  }

  #receive(type: number, payload: Uint8Array): void {
    switch (type) {
      case WIRE.welcome:
        this.#welcomed = true;
        // Not before: what is read of it could not be sent again.
        if (this.#flags.control > 0) this.#passInput();
        return;
      case WIRE.output:
        this.#log.saidBytes(1, payload);
        return writeAll(1, payload);
      case WIRE.error:
        this.#log.saidBytes(2, payload);
        return writeAll(2, payload);
      case WIRE.ask:
        return void answerAsk(decodeWireJson<ClientAsk>(payload)).then((answer) =>
          this.#send(encodeWireJson(WIRE.answer, answer)),
        );
      case WIRE.show:
        return void this.#show(decodeWireJson<ClientShow>(payload));
      case WIRE.exit:
        return void this.#exit(decodeWireJson<ClientExit>(payload));
    }
  }

  async #show(what: ClientShow): Promise<void> {
    this.#view ??= this.#options.attach({
      resized: (size) => this.#send(encodeWireJson(WIRE.resize, size)),
      key: (key) => this.#send(encodeWireJson(WIRE.key, { key })),
      left: (reason) => this.#send(encodeWireJson(WIRE.left, reason)),
    });
    try {
      (await this.#view).show(what);
    } catch {
      // Standard input is a terminal, so the server took it for one; standard output is not.
      if (this.#exited) return;
      this.#exited = true;
      print(2, "open terminal failed: not a terminal\n", this.#log);
      this.#transport?.end();
      this.#ended.resolve(1);
    }
  }

  async #exit(exit: ClientExit): Promise<void> {
    this.#exited = true;
    this.#log.unsupported(exit.unsupported ?? []);
    if (this.#view !== undefined) await (await this.#view).end(exit.message);
    else if (exit.message !== undefined) print(1, `${exit.message}\n`, this.#log);
    this.#transport?.end();
    let code = exit.code;
    if (exit.exec !== undefined) {
      const { runShellCommand } = await import("./client-files.ts");
      code = runShellCommand(exit.exec, this.#options.env);
    }
    this.#ended.resolve(code);
  }

  /** The server went away before it had answered. */
  #lost(): void {
    if (this.#exited) return;
    this.#exited = true;
    if (!this.#welcomed) return this.#ended.resolve("unheard");
    if (this.#view !== undefined) {
      void this.#view.then((view) => view.end("[lost server]")).then(() => this.#ended.resolve(1));
      return;
    }
    this.#ended.resolve(this.#unexpected());
  }

  #unexpected(): number {
    if (this.#flags.control > 0) writeAll(1, "%exit server exited unexpectedly\n");
    else print(2, "server exited unexpectedly\n", this.#log);
    return 1;
  }

  /** Control mode: commands come on standard input. */
  #passInput(): void {
    void (async () => {
      for await (const bytes of Bun.stdin.stream()) {
        for (const frame of encodeWireBytes(WIRE.input, bytes)) this.#send(frame);
      }
      this.#send(encodeWire(WIRE.inputEnd, new Uint8Array(0)));
    })();
  }
}

/** Where the caller is; its home when that directory is gone. */
function workingDirectory(env: Readonly<Record<string, string>>): string {
  try {
    return process.cwd();
  } catch {
    return env.HOME ?? "/";
  }
}
