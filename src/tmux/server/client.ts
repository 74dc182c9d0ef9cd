// A client of a tmux server as the server sees it: one call of the shim, a control mode client, or a person's terminal that
// stays attached. connection.ts makes one for each connection and gives it the way to talk back.

import type { Session } from "../model/model.ts";
import type { ClientAnswer, ClientAsk, ClientExit, ClientHello, ClientShow, PopupShow } from "../wire/wire.ts";

/** What a client needs from its connection; a hook's client has none. */
export interface ClientVoice {
  output(bytes: Uint8Array): void;
  error(text: string): void;
  ask(ask: ClientAsk extends infer A ? (A extends ClientAsk ? Omit<A, "id"> : never) : never): Promise<ClientAnswer>;
  show(what: ClientShow): void;
  /** Ends the connection after everything that was said. */
  exit(exit: ClientExit): void;
}

export class TmuxClient {
  readonly hello: ClientHello;
  readonly voice: ClientVoice;
  readonly createdAt = Date.now();
  /** The session that it is attached to. */
  session: Session | undefined;
  lastSession: Session | undefined;
  activityAt = Date.now();
  cols: number;
  rows: number;
  readOnly = false;
  /** Flags that `refresh-client -f` and `attach-session -f` set: `no-output`, `pause-after=5`, ... */
  readonly flags = new Set<string>();
  /** The code that a call ends with. */
  exitCode = 0;
  readonly unsupported: string[] = [];
  popup: PopupShow | null = null;
  /** A line on the status row until something else is to be seen. */
  message: string | null = null;
  keyTable = "root";
  closePopup: (() => void) | undefined;
  /** Resolves when its connection is no more. */
  gone: Promise<void> = new Promise(() => {});
  /** Control clients: `refresh-client -B` and `-A`. */
  subscribe: ((subscription: string) => void) | undefined;
  paneState: ((state: string) => void) | undefined;
  exitLine: ((reason: string | undefined) => void) | undefined;
  /** Its size counts: a terminal's does, a control client's once it said `refresh-client -C`. */
  sized: boolean;

  constructor(hello: ClientHello, voice: ClientVoice) {
    this.hello = hello;
    this.voice = voice;
    this.cols = hello.terminal?.cols ?? 80;
    this.rows = hello.terminal?.rows ?? 24;
    this.sized = hello.terminal !== null;
    this.flags.add("UTF-8");
  }

  /** Ends the client; a control client is told in its own way. */
  end(message: string | undefined, exec?: string): void {
    if (this.exitLine !== undefined) return this.exitLine(undefined);
    this.voice.exit({ code: this.exitCode, ...(message && { message }), ...(exec && { exec }) });
  }

  get control(): boolean {
    return this.hello.control > 0;
  }

  /** As `list-clients` names it: the path of its terminal, else its process. */
  get name(): string {
    return this.hello.terminal?.path || `client-${this.hello.pid}`;
  }

  get attached(): boolean {
    return this.session !== undefined;
  }

  print(line: string): void {
    this.voice.output(encoder.encode(`${line}\n`));
  }
}

const encoder = new TextEncoder();

/** A client for what nobody asked for: hooks, bindings, configuration files. */
export function nobody(cwd: string, env: Readonly<Record<string, string>>): TmuxClient {
  const hello: ClientHello = {
    version: 0,
    argv: [],
    cwd,
    env,
    pid: process.pid,
    uid: process.getuid?.() ?? 0,
    umask: 0o022,
    terminal: null,
    control: 0,
    configFiles: [],
    pane: null,
    log: false,
  };
  return new TmuxClient(hello, {
    output: () => {},
    error: () => {},
    ask: async () => ({ id: 0, errno: "No client" }),
    show: () => {},
    exit: () => {},
  });
}
