// One program twice, in two terminals of the same tmux: run directly, and in a session that the second terminal is
// attached to. Both get the same keys and the same sizes; after each step, and after a re-attach of which the program has
// heard nothing, both must show the same, to the last cell, colour, mode and cursor position. Nothing is typed and no size
// is changed before both programs have digested what came before: programs drop or merge what comes while they work, and
// tmux holds a second change of size back for a quarter of a second.

import { until } from "../lifecycle/processes.ts";
import { BIDE, type Sandbox } from "../support/sandbox.ts";
import { type PaneSize, TMUX_TERM, TmuxPanes } from "./tmux-panes.ts";
import { WatchedProgram } from "./watched-program.ts";

export const SIZE: PaneSize = { cols: 80, rows: 24 };

const DIRECT = "direct";
const THROUGH = "through";
/** What the attached terminal showed before, and the state it was left in: a replay has to win over both. */
const DIRTY = 'seq 50; printf \'\\033[3;44mleft behind\\033[5;9H\'; exec "$0" attach "$1"';

export interface Keys {
  /** Typed as it is, before the keys. */
  readonly text?: string;
  /** By their tmux names. */
  readonly press?: readonly string[];
}

export interface Twice {
  readonly box: Sandbox;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly ready: string;
}

export class DirectAndThrough implements Disposable {
  readonly #panes: TmuxPanes;
  readonly #programs: readonly [WatchedProgram, WatchedProgram];
  readonly #cwd: string;
  #others = 0;

  private constructor(panes: TmuxPanes, pids: readonly [number, number], cwd: string) {
    this.#panes = panes;
    this.#programs = [new WatchedProgram(pids[0]), new WatchedProgram(pids[1])];
    this.#cwd = cwd;
  }

  /** Starts the program in both terminals; `ready` is what it shows at first. */
  static async open({ box, argv, cwd, env = {}, ready }: Twice): Promise<DirectAndThrough> {
    const panes = new TmuxPanes(box);
    const set = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const size = `${SIZE.cols}x${SIZE.rows}`;
    const started = await box.json(["start", "--name", "twice", "--size", size, "--", "env", ...set, ...argv], {
      cwd,
      env: { TERM: TMUX_TERM },
    });
    panes.open(DIRECT, ["env", ...set, ...argv], SIZE, cwd);
    await panes.until(DIRECT, asTest(ready));
    await until(`${argv[0]} is ready`, async () => (await box.ok(["screen", "twice"])).includes(ready));
    const both = new DirectAndThrough(panes, [panes.pid(DIRECT), started.session.child_pid], cwd);
    await both.#resting();
    both.#expectSize();
    panes.open(THROUGH, attach(), SIZE, cwd);
    // The session's terminal had no size in pixels before, so the program is told of a new one: vim takes its message away.
    process.kill(both.directPid, "SIGWINCH");
    await both.#resized(SIZE);
    return both;
  }

  /** The program that runs directly. */
  get directPid(): number {
    return this.#programs[0].pid;
  }

  /** Does the same in both. */
  do({ text = "", press = [] }: Keys): void {
    for (const program of this.#programs) program.expectKeys();
    for (const pane of [DIRECT, THROUGH]) {
      if (text !== "") this.#panes.type(pane, text);
      if (press.length > 0) this.#panes.press(pane, ...press);
    }
  }

  /** Resolves to what both show once both programs have digested everything and that is the same and as wanted. */
  agree(wanted: string | ((shown: string) => boolean)): Promise<string> {
    return this.#agree(THROUGH, wanted);
  }

  /** Resolves once the attached terminal shows this, whatever the other one does. */
  async throughShows(wanted: RegExp): Promise<void> {
    await this.#panes.until(THROUGH, (shown) => wanted.test(shown));
  }

  /** Leaves the session and comes back in the same terminal; the direct one just waits. */
  async reattach(): Promise<void> {
    await this.#detach(THROUGH);
    this.#panes.reopen(THROUGH, attach(), this.#cwd);
  }

  /** Resolves once a program that redraws all the time has done so in both. */
  async redrawn(): Promise<void> {
    for (const pane of [DIRECT, THROUGH]) {
      const [before] = this.#panes.look(pane);
      await this.#panes.until(pane, (shown) => shown !== before);
    }
  }

  /** Leaves the session, attaches from a terminal of another size, compares there, and comes back. */
  async visit(size: PaneSize, wanted: string): Promise<void> {
    await this.#detach(THROUGH);
    this.#others += 1;
    const other = `other-${this.#others}`;
    this.#expectSize();
    this.#panes.open(other, attach(), size, this.#cwd);
    this.#panes.resize(DIRECT, size);
    await this.#resized(size);
    await this.#agree(other, wanted);
    await this.#detach(other);
    this.#expectSize();
    this.#panes.reopen(THROUGH, attach(), this.#cwd);
    this.#panes.resize(DIRECT, SIZE);
    await this.#resized(SIZE);
  }

  [Symbol.dispose](): void {
    this.#panes[Symbol.dispose]();
  }

  #agree(through: string, wanted: string | ((shown: string) => boolean)): Promise<string> {
    const rest = () => this.#programs.every((program) => program.rests);
    return this.#panes.agree(DIRECT, through, rest, asTest(wanted));
  }

  #expectSize(): void {
    for (const program of this.#programs) program.expectSize();
  }

  async #resting(): Promise<void> {
    await until("both programs wait for input", () => this.#programs.every((program) => program.rests));
  }

  /** Resolves once both terminals have this size, also in pixels, and both programs have come to know it. */
  async #resized({ cols, rows }: PaneSize): Promise<void> {
    const [direct, through] = this.#programs;
    await until(`both terminals are ${cols}x${rows}`, () => {
      const size = direct.size;
      return size.startsWith(`${cols}x${rows},`) && size === through.size;
    });
    await this.#resting();
  }

  async #detach(pane: string): Promise<void> {
    this.#panes.press(pane, "C-\\");
    await this.#panes.until(pane, (shown) => shown.includes("[detached from twice]"));
  }
}

function attach(): string[] {
  return ["sh", "-c", DIRTY, BIDE, "twice"];
}

function asTest(wanted: string | ((shown: string) => boolean)): (shown: string) => boolean {
  return typeof wanted === "string" ? (shown) => shown.includes(wanted) : wanted;
}
