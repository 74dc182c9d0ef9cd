// The connection to the host: requests by name, and the way to a session's worker. Every command and every
// program that uses the library goes through this class. connect.ts makes one.

import { concat } from "../base/byte-queue.ts";
import { timeout } from "../base/disposable.ts";
import { eitherSignal } from "../base/either-signal.ts";
import { BideError, unwrap } from "../base/errors.ts";
import type { Locations } from "../base/locations.ts";
import { PendingReplies } from "../base/pending-replies.ts";
import { checkPrivateDirectory } from "../base/private-directory.ts";
import { VERSION } from "../base/version.ts";
import type { JournalEvent } from "../protocol/both-sockets.ts";
import { fromErrorPayload } from "../protocol/error-payload.ts";
import { parseJson } from "../protocol/frames.ts";
import {
  HOST_METHODS,
  type HostMethod,
  type HostParams,
  type HostResult,
  RpcResponseSchema,
  type Selector,
} from "../protocol/host-messages.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import { encodeLine, LineDecoder } from "../protocol/lines.ts";
import type { StartOptions } from "../protocol/session.ts";
import { validate } from "../protocol/validate.ts";
import type { PromptOptions, PromptOutcome } from "./prompt/submit-prompt.ts";
import type { HostSource } from "./recorded-session.ts";
import type { CommandRecord } from "./run/command-records.ts";
import type { Run, RunCommand, RunOptions } from "./run/run.ts";
import type { SessionConnection } from "./session-connection.ts";
import type { EventsOptions, OutputOptions, OutputPiece } from "./streams.ts";
import { connectOwnSocket, type Transport } from "./transport.ts";
import type { WaitCondition, WaitOptions, WaitOutcome } from "./wait/condition.ts";

/** A host that reads many records at its start answers within this time even on a machine that swaps. */
const HELLO_MS = 20_000;

/** Both ends' versions, as the host said them in its hello. */
export type HostHello = HostResult<"system.hello">;

/** A request on its way. */
export interface Question {
  readonly method: HostMethod;
  readonly params: unknown;
}

/** They change nothing, so they may be asked twice: of a host, and of its successor when it died without an answer. */
const ASKING: ReadonlySet<HostMethod> = new Set<HostMethod>([
  ...(["host.status", "session.list", "session.resolve", "session.resolve_many", "session.inspect"] as const),
  ...(["session.processes", "session.log_read", "session.events_read", "session.snapshot_read"] as const),
]);

export class Bide {
  readonly locations: Locations;
  readonly #reconnect: () => Promise<Bide>;
  #hello: HostHello | undefined;
  #transport: Transport | undefined;
  readonly #decoder = new LineDecoder();
  readonly #replies = new PendingReplies();
  /** The connection to the next host, once this one's has died. */
  #successor: Promise<Bide> | undefined;
  readonly #closing = new AbortController();

  /** Use `connect`. */
  constructor(locations: Locations, reconnect: () => Promise<Bide>) {
    this.locations = locations;
    this.#reconnect = reconnect;
  }

  /** Versions and capabilities of the host that answered. */
  get host(): HostHello {
    if (this.#hello === undefined) throw new Error("not connected");
    return this.#hello;
  }

  /** Used by `connect`: opens the socket and says hello, and asks in the same breath. */
  async open(question?: Question): Promise<{ result: Promise<unknown> | undefined }> {
    this.#transport = await connectOwnSocket(this.locations.hostSocket, {
      onData: (bytes) => this.#receive(bytes),
      onClose: () => this.#replies.failAll(new HostGone()),
    });
    // The path is looked at after connecting and before anything is said, so that nothing can be swapped in between.
    for (const directory of [this.locations.runtimeBase, this.locations.runtimeDir]) {
      const safe = checkPrivateDirectory(directory);
      if (safe.ok) continue;
      this.#transport.destroy();
      throw BideError.from(safe);
    }
    const hello = this.#question("system.hello", { protocol: PROTOCOL_VERSION, version: VERSION });
    const first = question && this.#question(question.method, question.params);
    this.#transport.write(first === undefined ? hello.line : concat([hello.line, first.line]));
    // A host that is stopped accepts connections and says nothing.
    const patience = timeout(HELLO_MS, () => this.#break(silent(this.locations.hostSocket)));
    // The first answer fails with the hello's when the connection breaks; that is told once.
    first?.result.catch(() => {});
    this.#hello = await hello.result.finally(() => patience.dispose());
    return { result: question && first && this.#orOfSuccessor(question.method, question.params, first.result) };
  }

  /**
   * Asks the host. One that dies without an answer is replaced, and the next one asked, if the question changes nothing.
   *
   * @throws BideError with the host's code, `host_unreachable` when the connection breaks,
   *   `protocol` when the answer does not fit its schema.
   */
  async request<M extends HostMethod>(method: M, params: HostParams<M>): Promise<HostResult<M>> {
    const transport = this.#transport;
    if (transport === undefined) throw new HostGone();
    if (this.#successor !== undefined) return (await this.#successor).request(method, params);
    const { line, result } = this.#question(method, params);
    transport.write(line);
    return this.#orOfSuccessor(method, params, result);
  }

  /**
   * Connects to the worker of the session that a selector means.
   *
   * @throws BideError `session_not_found`, `ambiguous_selector`, `session_ended` (its worker is gone; read its
   *   files through the host), `worker_unreachable`.
   */
  async session(selector: string | Selector): Promise<SessionConnection> {
    const asked = typeof selector === "string" ? { text: selector } : selector;
    // Loaded while the host looks; commands that ask only the host do without it.
    const loading = import("./session-connection.ts");
    const resolved = await this.request("session.resolve", { selector: asked });
    return (await loading).SessionConnection.to(resolved);
  }

  /**
   * Waits until a condition holds for a session, the session has ended, or the timeout (in `timeoutMs`). The host may
   * die and be replaced meanwhile.
   *
   * @throws BideError as `waitFor`; the signal's reason when it is aborted, an AbortError after `close`.
   */
  async wait(selector: string | Selector, condition: WaitCondition, options: WaitOptions = {}): Promise<WaitOutcome> {
    const { waitFor } = await import("./wait/wait-for.ts");
    const asked = typeof selector === "string" ? { text: selector } : selector;
    const { signal, dispose } = eitherSignal(options.signal, this.#closing.signal);
    try {
      return await this.#withSource((source) => waitFor(source, asked, condition, { ...options, signal }));
    } finally {
      dispose();
    }
  }

  /**
   * Runs a command in the shell of a session: a string is shell text, a list is literal words. Resolves when the
   * command has begun.
   *
   * @throws BideError `session_not_found`, `session_ended`, `no_shell_integration`, `input_not_owned`, `busy`; the
   *   signal's reason when it is aborted before the command has begun.
   */
  async run(selector: string | Selector, command: RunCommand, options: RunOptions = {}): Promise<Run> {
    const asked = typeof selector === "string" ? { text: selector } : selector;
    const { ShellRun } = await import("./run/shell-run.ts");
    return ShellRun.start(this.#source, asked, command, options);
  }

  /** Runs a program in a session of its own, without a shell. @throws BideError as `session.start` does. */
  async runAlone(options: StartOptions): Promise<Run> {
    const { OwnRun } = await import("./run/own-run.ts");
    return OwnRun.start(this.#source, options);
  }

  /** The commands that a session's shell ran, oldest first; also of ended sessions. */
  async commands(selector: string | Selector): Promise<CommandRecord[]> {
    const asked = typeof selector === "string" ? { text: selector } : selector;
    const [{ RecordedSession }, { readCommands }] = await Promise.all([
      import("./recorded-session.ts"),
      import("./run/command-records.ts"),
    ]);
    return this.#withSource(async (source) => {
      const recorded = await RecordedSession.open(source, asked);
      try {
        return await readCommands(recorded);
      } finally {
        recorded.close();
      }
    });
  }

  get #source(): HostSource {
    return { connect: async () => this };
  }

  /**
   * Submits a prompt to the program of a session and verifies it: see `submitPrompt`.
   *
   * @throws BideError as `session` and `submitPrompt`.
   */
  async prompt(selector: string | Selector, text: string, options: PromptOptions = {}): Promise<PromptOutcome> {
    const { submitPrompt } = await import("./prompt/submit-prompt.ts");
    const connection = await this.session(selector);
    try {
      return await submitPrompt(connection, text, options);
    } finally {
      connection.close();
    }
  }

  /**
   * What a session prints, piece by piece: `for await (const { bytes } of bide.output("work"))`. Ends when the session
   * has ended; also of ended sessions. @throws BideError `session_not_found`, `ambiguous_selector`; the signal's reason
   * when it is aborted, an AbortError after `close`.
   */
  async *output(selector: string | Selector, options: OutputOptions = {}): AsyncGenerator<OutputPiece> {
    const { readOutput } = await import("./streams.ts");
    const lasting = this.#lastingSource();
    const { signal, dispose } = eitherSignal(options.signal, this.#closing.signal);
    try {
      const asked = typeof selector === "string" ? { text: selector } : selector;
      yield* readOutput(lasting.source, asked, { ...options, signal });
    } finally {
      dispose();
      lasting.close();
    }
  }

  /** What happens to a session, as its journal has it; as `output`. */
  async *events(selector: string | Selector, options: EventsOptions = {}): AsyncGenerator<JournalEvent> {
    const { readEvents } = await import("./streams.ts");
    const lasting = this.#lastingSource();
    const { signal, dispose } = eitherSignal(options.signal, this.#closing.signal);
    try {
      const asked = typeof selector === "string" ? { text: selector } : selector;
      yield* readEvents(lasting.source, asked, { ...options, signal });
    } finally {
      dispose();
      lasting.close();
    }
  }

  /** Ends the connection, and with an AbortError the waits and iterators that were begun with it; sessions go on. */
  close(): void {
    this.#closing.abort();
    this.#transport?.end();
    this.#transport = undefined;
    this.#successor?.then(
      (bide) => bide.close(),
      () => {},
    );
  }

  async #withSource<T>(use: (source: HostSource) => Promise<T>): Promise<T> {
    const lasting = this.#lastingSource();
    try {
      return await use(lasting.source);
    } finally {
      lasting.close();
    }
  }

  /** For what outlives a host: connections made anew are closed again. */
  #lastingSource(): { source: HostSource; close: () => void } {
    const opened: Bide[] = [];
    const connectAgain = async () => {
      const bide = await this.#reconnect();
      opened.push(bide);
      return bide;
    };
    return {
      source: { connect: async (more) => (more?.again ? connectAgain() : (opened.at(-1) ?? this)) },
      close: () => {
        for (const bide of opened) bide.close();
      },
    };
  }

  async #orOfSuccessor<M extends HostMethod, R>(method: M, params: unknown, result: Promise<R>): Promise<R> {
    try {
      return await result;
    } catch (error) {
      // Closed by ourselves: nobody waits for an answer.
      if (!(error instanceof HostGone && ASKING.has(method)) || this.#transport === undefined) throw error;
      this.#successor ??= this.#reconnect();
      const next = await this.#successor.catch((cause) => {
        this.#successor = undefined;
        throw cause;
      });
      return (await next.request(method, params as HostParams<M>)) as R;
    }
  }

  /** A request as it goes over the wire, and its checked answer. */
  #question<M extends HostMethod>(method: M, params: unknown): { line: Uint8Array; result: Promise<HostResult<M>> } {
    const { id, reply } = this.#replies.expect();
    const checked = reply.then(
      (answer) => unwrap(validate(HOST_METHODS[method].result, answer, `answer to ${method}`)) as HostResult<M>,
    );
    return { line: encodeLine({ jsonrpc: "2.0", id, method, params }), result: checked };
  }

  #receive(bytes: Uint8Array): void {
    const framed = this.#decoder.push(bytes, (line) => this.#answer(line));
    if (!framed.ok) this.#break(BideError.from(framed));
  }

  #answer(line: string): void {
    const json = parseJson(line);
    const response = json.ok ? validate(RpcResponseSchema, json.value, "answer") : json;
    if (!response.ok) return this.#break(BideError.from(response));
    const { id, result, error } = response.value;
    // What concerns no request concerns the connection: the host has no room for it.
    if (id === null && error !== undefined) return this.#break(errorOf(error));
    if (typeof id !== "number") return;
    if (error === undefined) this.#replies.resolve(id, result);
    else this.#replies.reject(id, errorOf(error));
  }

  #break(error: BideError): void {
    this.#replies.failAll(error);
    this.#transport?.destroy();
  }
}

function silent(socket: string): BideError {
  const message = `the host at ${socket} accepts connections and does not answer`;
  return new BideError("host_unreachable", message, { hint: "it may be stopped: `bide doctor` says its pid" });
}

function errorOf({ message, data }: { message: string; data?: { code?: string; hint?: string } }): BideError {
  return fromErrorPayload({ code: data?.code ?? "failed", message, hint: data?.hint });
}

/** The connection broke before the answer came. */
export class HostGone extends BideError {
  constructor() {
    super("host_unreachable", "the host closed the connection");
  }
}
