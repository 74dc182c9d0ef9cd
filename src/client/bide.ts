// The connection to the host: requests by name, and the way to a session's worker. Every command and every
// program that uses the library goes through this class. connect.ts makes one.

import { eitherSignal } from "../base/either-signal.ts";
import type { Locations } from "../base/locations.ts";
import type { JournalEvent } from "../protocol/both-sockets.ts";
import type { HostMethod, HostParams, HostResult, Selector } from "../protocol/host-messages.ts";
import type { StartOptions } from "../protocol/session.ts";
import { HostConnection, HostGone, type HostHello, type Question } from "./host-connection.ts";
import type { PromptOptions, PromptOutcome } from "./prompt/submit-prompt.ts";
import type { HostSource } from "./recorded-session.ts";
import type { CommandRecord } from "./run/command-records.ts";
import type { Run, RunCommand, RunOptions } from "./run/run.ts";
import type { SessionConnection } from "./session-connection.ts";
import type { EventsOptions, OutputOptions, OutputPiece } from "./streams.ts";
import type { WaitCondition, WaitOptions, WaitOutcome } from "./wait/condition.ts";

/** They change nothing, so they may be asked twice: of a host, and of its successor when it died without an answer. */
const ASKING: ReadonlySet<HostMethod> = new Set<HostMethod>([
  ...(["host.status", "session.list", "session.resolve", "session.resolve_many", "session.inspect"] as const),
  ...(["session.processes", "session.log_read", "session.events_read", "session.snapshot_read"] as const),
]);

export class Bide {
  readonly #host: HostConnection;
  readonly #reconnect: () => Promise<Bide>;
  /** The connection to the next host, once this one's has died. */
  #successor: Promise<Bide> | undefined;
  /** Made when somebody waits: most commands never do. */
  #closing: AbortController | undefined;

  /** Use `connect`. */
  constructor(locations: Locations, reconnect: () => Promise<Bide>, timeoutMs?: number) {
    this.#host = new HostConnection(locations, timeoutMs);
    this.#reconnect = reconnect;
  }

  get locations(): Locations {
    return this.#host.locations;
  }

  /** Versions and capabilities of the host that answered. */
  get host(): HostHello {
    return this.#host.hello;
  }

  /** Used by `connect`: opens the socket and says hello, and asks in the same breath. */
  async open(question?: Question): Promise<{ result: Promise<unknown> | undefined }> {
    const { result } = await this.#host.open(question);
    return { result: question && result && this.#orOfSuccessor(question.method, question.params, result) };
  }

  /**
   * Asks the host. One that dies without an answer is replaced, and the next one asked, if the question changes nothing.
   *
   * @throws BideError with the host's code, `host_unreachable` when the connection breaks,
   *   `protocol` when the answer does not fit its schema.
   */
  async request<M extends HostMethod>(method: M, params: HostParams<M>): Promise<HostResult<M>> {
    if (this.#successor !== undefined && !this.#host.closed) return (await this.#successor).request(method, params);
    return this.#orOfSuccessor(method, params, this.#host.request(method, params));
  }

  /**
   * Connects to the worker of the session that a selector means.
   *
   * @throws BideError `session_not_found`, `ambiguous_selector`, `session_ended` (its worker is gone; read its
   *   files through the host), `worker_unreachable`; also when it has not greeted within `timeoutMs` (10,000, and 1,000
   *   at least).
   */
  async session(
    selector: string | Selector,
    patience: { readonly timeoutMs?: number | undefined } = {},
  ): Promise<SessionConnection> {
    const asked = typeof selector === "string" ? { text: selector } : selector;
    // Loaded while the host looks; commands that ask only the host do without it.
    const loading = import("./session-connection.ts");
    const resolved = await this.request("session.resolve", { selector: asked });
    return (await loading).SessionConnection.to(resolved, patience);
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
    return this.#lasting((source, signal) => waitFor(source, asked, condition, { ...options, signal }), options.signal);
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
    return this.#lasting(async (source) => {
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
   * @throws BideError as `session` and `submitPrompt`; `session_ended` also when the prompt ended the program.
   */
  async prompt(selector: string | Selector, text: string, options: PromptOptions = {}): Promise<PromptOutcome> {
    const { submitPrompt } = await import("./prompt/submit-prompt.ts");
    const connection = await this.session(selector, options);
    try {
      return await submitPrompt(connection, text, options);
    } catch (error) {
      const { unlessEnded } = await import("./ended-meanwhile.ts");
      throw await this.#lasting((source) => unlessEnded(source, error));
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
    const { source, signal, end } = this.#lastingSource(options.signal);
    try {
      const asked = typeof selector === "string" ? { text: selector } : selector;
      yield* readOutput(source, asked, { ...options, signal });
    } finally {
      end();
    }
  }

  /** What happens to a session, as its journal has it; as `output`. */
  async *events(selector: string | Selector, options: EventsOptions = {}): AsyncGenerator<JournalEvent> {
    const { readEvents } = await import("./streams.ts");
    const { source, signal, end } = this.#lastingSource(options.signal);
    try {
      const asked = typeof selector === "string" ? { text: selector } : selector;
      yield* readEvents(source, asked, { ...options, signal });
    } finally {
      end();
    }
  }

  /** Ends the connection, and with an AbortError the waits and iterators that were begun with it; sessions go on. */
  close(): void {
    this.#closing?.abort();
    this.#host.close();
    this.#successor?.then(
      (bide) => bide.close(),
      () => {},
    );
  }

  async #lasting<T>(use: (source: HostSource, signal: AbortSignal) => Promise<T>, given?: AbortSignal): Promise<T> {
    const { source, signal, end } = this.#lastingSource(given);
    try {
      return await use(source, signal);
    } finally {
      end();
    }
  }

  /** For what outlives a host, until `end`: connections made anew are closed again. `close` aborts its signal as well. */
  #lastingSource(given: AbortSignal | undefined): { source: HostSource; signal: AbortSignal; end: () => void } {
    const opened: Bide[] = [];
    const connectAgain = async () => {
      const bide = await this.#reconnect();
      opened.push(bide);
      return bide;
    };
    this.#closing ??= new AbortController();
    if (this.#host.closed) this.#closing.abort();
    const { signal, dispose } = eitherSignal(given, this.#closing.signal);
    return {
      source: { connect: async (more) => (more?.again ? connectAgain() : (opened.at(-1) ?? this)) },
      signal,
      end: () => {
        dispose();
        for (const bide of opened) bide.close();
      },
    };
  }

  async #orOfSuccessor<M extends HostMethod, R>(method: M, params: unknown, result: Promise<R>): Promise<R> {
    try {
      return await result;
    } catch (error) {
      // Closed by ourselves: nobody waits for an answer.
      if (!(error instanceof HostGone && ASKING.has(method)) || this.#host.closed) throw error;
      this.#successor ??= this.#reconnect();
      const next = await this.#successor.catch((cause) => {
        this.#successor = undefined;
        throw cause;
      });
      return (await next.request(method, params as HostParams<M>)) as R;
    }
  }
}
