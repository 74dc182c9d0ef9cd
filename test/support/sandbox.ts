// A place of its own for a test that runs the real program: state, sockets and home in a temporary directory, a
// clean environment, and at the end proof that nothing is left alive. Runs bin/bide of this checkout, or the
// executable that BIDE_UNDER_TEST names. Use it inside a test: `await using box = sandbox();`

import { afterAll, onTestFinished } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Bide, HostResult, JournalEvent } from "../../src/client/index.ts";
import type { Session } from "../../src/protocol/session.ts";
import { boxPlace } from "./box-place.ts";
import type { Place } from "./through-library.ts";

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Standard input; default: empty. */
  readonly input?: string | Uint8Array;
}

/** The program that every test runs. */
export const BIDE = process.env.BIDE_UNDER_TEST
  ? resolve(process.env.BIDE_UNDER_TEST)
  : resolve(import.meta.dir, "../../bin/bide");

/** Far more than all sessions of a test take to end on a busy machine. */
const SHUTDOWN_MS = 30_000;

export function sandbox(): Sandbox {
  const box = new Sandbox();
  // A test that timed out never comes to its own end.
  onTestFinished(() => box[Symbol.asyncDispose]().catch(() => {}));
  return box;
}

/**
 * One host for the tests of a file that need no more than sessions, a third less work than a sandbox for each. Every test finds
 * it without a session and with an empty home. At the top of a file: `const shared = sharedSandbox();`, in a test:
 * `await using box = shared();`. Not for tests that end a host, leave a worker alone, look
 * at what the host has kept or know the number of a pane.
 */
export function sharedSandbox(): () => Sandbox {
  let box: SharedSandbox | undefined;
  afterAll(() => box?.end());
  return () => {
    box ??= new SharedSandbox();
    box.use();
    onTestFinished(() => box?.[Symbol.asyncDispose]().catch(() => {}));
    return box;
  };
}

export class Sandbox implements AsyncDisposable {
  /** Removed at the end with everything in it. Short, because sockets live below it. */
  readonly root = mkdtempSync(join(boxPlace(), "bide-box-"));
  readonly stateDir = join(this.root, "state");
  readonly home = join(this.root, "home");
  readonly env: Readonly<Record<string, string>>;
  readonly #place: Place;
  readonly #running = new Set<RunningBide>();
  #ended: Promise<void> | undefined;

  constructor() {
    mkdirSync(this.home);
    this.env = {
      PATH: process.env.PATH ?? "/usr/bin:/bin",
      HOME: this.home,
      SHELL: "/bin/sh",
      LANG: "C.UTF-8",
      TERM: "xterm-256color",
      BIDE_STATE_DIR: this.stateDir,
      BIDE_RUNTIME_DIR: join(this.root, "run"),
      // The first session gets a worker that was started in advance, as always; the next one would mostly wait for nobody.
      BIDE_TEST_SPARES: "1",
      // Every process that a test starts carries this, so that leftovers are found.
      BIDE_TEST_SANDBOX: this.root,
      ...(process.env.BIDE_TEST_RUN === undefined ? {} : { BIDE_TEST_RUN: process.env.BIDE_TEST_RUN }),
    };
    this.#place = { env: this.env, root: this.root, bide: BIDE };
  }

  /** Runs `bide ARGS` to its end. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    const running = this.spawn(args, options);
    void running.finishInput(options.input ?? "");
    return running.finished;
  }

  /** The same for commands that must succeed; throws with what they said otherwise. */
  async ok(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, options);
    if (code !== 0) throw new Error(`bide ${args.join(" ")} ended with ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  /** The JSON that `bide ARGS --json` prints. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the answer.
  async json(args: readonly string[], options: RunOptions = {}): Promise<any> {
    const dashes = args.indexOf("--");
    const at = dashes < 0 ? args.length : dashes;
    return JSON.parse(await this.ok([...args.slice(0, at), "--json", ...args.slice(at)], options));
  }

  /** Starts a session that runs a program; resolves once it runs. */
  async start(name: string, argv: readonly string[], flags: readonly string[] = []): Promise<Session> {
    const { startSession } = await import("./through-library.ts");
    const session = await startSession(this.#place, name, argv, flags);
    return session ?? (await this.json(["start", "--name", name, ...flags, "--", ...argv])).session;
  }

  /** Types into a session: `\r` is the Enter key. */
  async type(name: string, text: string | Uint8Array): Promise<void> {
    const { typeInto } = await import("./through-library.ts");
    return typeInto(this.#place, name, text);
  }

  /** The session as it is now. */
  async session(name: string): Promise<Session> {
    const selector = { text: name };
    return (await this.#ask((bide) => bide.request("session.resolve", { selector, fresh: true }))).session;
  }

  /** The same with its files and clients. */
  async inspect(name: string): Promise<HostResult<"session.inspect">> {
    return this.#ask((bide) => bide.request("session.inspect", { selector: { text: name } }));
  }

  async kill(name: string): Promise<void> {
    await this.#ask((bide) => bide.request("session.kill", { selectors: [{ text: name }] }));
  }

  /** The pid of the host that answers; never starts one. */
  hostPid(): Promise<number> {
    return this.#ask(async (bide) => bide.host.pid, false);
  }

  /** Starts `bide ARGS` and leaves it running; its standard input stays open. */
  spawn(args: readonly string[], options: RunOptions = {}): RunningBide {
    const env: Record<string, string> = {};
    for (const [key, value] of Object.entries({ ...this.env, ...options.env })) {
      if (value !== undefined) env[key] = value;
    }
    const running = new RunningBide([BIDE, ...args], options.cwd ?? this.root, env);
    this.#running.add(running);
    void running.finished.then(() => this.#running.delete(running));
    return running;
  }

  /** Resolves to the output of a session once it holds `text`; fails when the session ends before. */
  async printed(name: string, text: string): Promise<string> {
    const { printedBy } = await import("./through-library.ts");
    return printedBy(this.#place, name, text);
  }

  /** Resolves to the first event of a session that fits, as soon as it is there; fails when there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: events have the keys of their kind.
  async event(name: string, fits: (event: any) => boolean): Promise<any> {
    const { eventOf } = await import("./through-library.ts");
    const event = await eventOf(this.#place, name, fits);
    if (event === undefined) throw new Error(`session ${name} ended without such an event`);
    return event;
  }

  /** What has happened to a session so far. */
  async events(name: string): Promise<JournalEvent[]> {
    const { eventsOf } = await import("./through-library.ts");
    return eventsOf(this.#place, name);
  }

  /** Ends everything, removes the directory, and fails if something had to be ended by force. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  /** Ends what runs and forgets every session; the host stays. */
  protected async clear(): Promise<void> {
    for (const running of this.#running) await running.end();
    const { forgetSessions } = await import("./through-library.ts");
    if (existsSync(this.stateDir)) await forgetSessions(this.#place);
    const own = [this.stateDir, join(this.root, "run"), this.home];
    for (const directory of [this.root, this.home]) {
      for (const path of readdirSync(directory).map((name) => join(directory, name))) {
        if (!own.includes(path)) rmSync(path, { recursive: true, force: true });
      }
    }
  }

  async #ask<T>(ask: (bide: Bide) => Promise<T>, startHost = true): Promise<T> {
    const { asking } = await import("./through-library.ts");
    return asking(this.#place, ask, startHost);
  }

  async #end(): Promise<void> {
    for (const running of this.#running) await running.end();
    const { code, stderr } = await this.#shutdown();
    const left = await this.#leftovers();
    if (left.length > 0) Bun.spawnSync(["kill", "-KILL", ...left.map(({ pid }) => String(pid))]);
    rmSync(this.root, { recursive: true, force: true });
    if (code !== 0) complain(`bide shutdown --force ended with ${code}: ${stderr}`);
    if (left.length > 0) {
      complain(`left alive: ${left.map(({ pid, command }) => `${pid} (${command})`).join(", ")}`);
    }
  }

  /** Where no host answers, the command has more ways. Where there never was a state directory there is nothing to end. */
  async #shutdown(): Promise<Pick<Finished, "code" | "stderr">> {
    const done = { code: 0, stderr: "" };
    if (!existsSync(this.stateDir) && processesOf(this.root).length === 0) return done;
    const { shutdownHost } = await import("./through-library.ts");
    // A worker that a failed test has left stopped answers nobody; it is found among what is left alive.
    const late = Bun.sleep(SHUTDOWN_MS).then(() => true);
    return (await Promise.race([shutdownHost(this.#place), late])) ? done : this.run(["shutdown", "--force"]);
  }

  /** Processes that still carry our mark after a grace for those that are just ending. */
  async #leftovers(): Promise<{ pid: number; command: string }[]> {
    for (let look = 0; ; look += 1) {
      const left = processesOf(this.root);
      if (left.length === 0 || look === 2000) return left;
      await Bun.sleep(5);
    }
  }
}

class SharedSandbox extends Sandbox {
  #cleared: Promise<void> | undefined;

  use(): void {
    this.#cleared = undefined;
  }

  override [Symbol.asyncDispose](): Promise<void> {
    this.#cleared ??= this.clear();
    return this.#cleared;
  }

  end(): Promise<void> {
    return super[Symbol.asyncDispose]();
  }
}

/** Said at once as well: of an error that follows another one bun shows neither (1.4.5: `SuppressedError` and no word). */
function complain(message: string): never {
  console.error(message);
  throw new Error(message);
}

/** One command that runs beside the test. */
export class RunningBide {
  readonly finished: Promise<Finished>;
  readonly pid: number;
  readonly #child: Bun.Subprocess<"pipe", "pipe", "pipe">;
  readonly #decoder = new TextDecoder();
  #output = "";
  #taken = 0;
  #ended = false;
  #wake = Promise.withResolvers<void>();

  constructor(command: readonly string[], cwd: string, env: Record<string, string>) {
    this.#child = Bun.spawn([...command], { cwd, env, stdin: "pipe", stdout: "pipe", stderr: "pipe" });
    this.pid = this.#child.pid;
    this.finished = this.#collect();
  }

  /** Standard output so far. */
  get output(): string {
    return this.#output;
  }

  /** Resolves to standard output once it holds `text`; fails when the command ends before. */
  async says(text: string): Promise<string> {
    // What was looked through already is not looked through again: there may be megabytes.
    for (let seen = 0; this.#output.indexOf(text, Math.max(0, seen - text.length)) < 0; ) {
      if (this.#ended) throw new Error(`expected ${JSON.stringify(text)} in ${JSON.stringify(this.#output)}`);
      seen = this.#output.length;
      await this.#wake.promise;
    }
    return this.#output;
  }

  /** The next line of standard output; undefined at its end. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const at = this.#output.indexOf("\n", this.#taken);
      if (at >= 0) {
        const line = this.#output.slice(this.#taken, at);
        this.#taken = at + 1;
        return line;
      }
      if (this.#ended) return undefined;
      await this.#wake.promise;
    }
  }

  async type(input: string | Uint8Array): Promise<void> {
    this.#child.stdin.write(input);
    await this.#child.stdin.flush();
  }

  /** Types the rest and closes standard input. A command that ended without reading is no failure. */
  async finishInput(input: string | Uint8Array): Promise<void> {
    try {
      this.#child.stdin.write(input);
      await this.#child.stdin.end();
    } catch {
      // The command had enough.
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends the command if it still runs. */
  async end(): Promise<Finished> {
    if (!this.#ended) this.#child.kill("SIGKILL");
    return this.finished;
  }

  async #collect(): Promise<Finished> {
    const stderr = new Response(this.#child.stderr).text();
    for await (const bytes of this.#child.stdout) this.#grow(this.#decoder.decode(bytes, { stream: true }));
    const code = await this.#child.exited;
    this.#ended = true;
    this.#grow(this.#decoder.decode());
    return { code, stdout: this.#output, stderr: await stderr };
  }

  #grow(text: string): void {
    this.#output += text;
    const wake = this.#wake;
    this.#wake = Promise.withResolvers<void>();
    wake.resolve();
  }
}

/** Living processes whose environment names the sandbox; only Linux can tell. */
function processesOf(root: string): { pid: number; command: string }[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(root)) return [];
      return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() }];
    } catch {
      // Somebody else's, or gone meanwhile.
      return [];
    }
  });
}
