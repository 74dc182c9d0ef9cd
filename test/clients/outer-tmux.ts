// A person's terminal that is not ours: tmux, with a shell in it and its own scrollback. Used where it is the better
// witness of what an attached client leaves behind. Its server has a socket of its own in the sandbox, and ends with
// the test.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { BIDE, type Sandbox } from "../support/sandbox.ts";

/** What the shell in it says when it waits for a command. */
export const PROMPT = "[$?] > ";

/** How long something may take on a busy machine before the test gives up. */
const PATIENCE_MS = 30_000;

export class OuterTmux implements Disposable {
  readonly #socket: string;
  readonly #env: Record<string, string>;

  constructor(box: Sandbox, size: { rows: number; cols: number } = { rows: 24, cols: 80 }) {
    this.#socket = join(box.root, "tmux.sock");
    this.#env = { ...box.env, PS1: PROMPT, ENV: "", BIDE };
    const window = ["-x", String(size.cols), "-y", String(size.rows)];
    this.#tmux("-f", "/dev/null", "new-session", "-d", ...window, "sh");
    this.#tmux("set-option", "-g", "status", "off");
    this.#tmux("set-option", "-g", "history-limit", "5000");
    // Without a client of its own the size would be tmux's default.
    this.#tmux("resize-window", ...window);
  }

  /** Every line, scrollback first; blank ones at the end are left out. */
  get lines(): string[] {
    return this.#capture("-S", "-");
  }

  /** The rows that can be seen. */
  get screen(): string[] {
    return this.#capture();
  }

  /** The same with colours and styles as escape sequences. */
  get colouredScreen(): string[] {
    return this.#capture("-e");
  }

  /** Column and row, from 0. */
  get cursor(): { row: number; col: number } {
    const [col = -1, row = -1] = this.#show("#{cursor_x} #{cursor_y}").split(" ").map(Number);
    return { row, col };
  }

  /** Modes that a program may have left behind: alternate screen, cursor, keypad, mouse, bracketed paste, region. */
  get modes(): string {
    return this.#show(
      "#{alternate_on} #{cursor_flag} #{keypad_cursor_flag}#{keypad_flag} #{mouse_any_flag} #{insert_flag} " +
        "#{origin_flag} #{wrap_flag} #{scroll_region_upper}-#{scroll_region_lower}",
    );
  }

  /** Types text as it is. */
  type(text: string): void {
    this.#tmux("send-keys", "-l", "--", text);
  }

  /** Presses keys by their tmux names: `Enter`, `C-\\`. */
  press(...keys: string[]): void {
    this.#tmux("send-keys", ...keys);
  }

  /** Types a command line to the shell; `$BIDE` is the program under test. */
  enter(line: string): void {
    this.type(line);
    this.press("Enter");
  }

  /** Resolves once this holds for the rows that can be seen. */
  async shows(holds: (screen: string[]) => boolean): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    while (!holds(this.screen)) {
      if (performance.now() > until) throw new Error(`not shown within ${PATIENCE_MS} ms:\n${this.lines.join("\n")}`);
      await Bun.sleep(5);
    }
  }

  /** Resolves once the shell waits for a command again after one that ended with `code`. */
  prompts(code: number): Promise<void> {
    return this.shows((screen) => screen.at(-1) === PROMPT.replace("$?", String(code)).trimEnd());
  }

  [Symbol.dispose](): void {
    this.#tmux("kill-server");
  }

  #capture(...range: string[]): string[] {
    return this.#tmux("capture-pane", "-p", ...range)
      .trimEnd()
      .split("\n");
  }

  #show(format: string): string {
    return this.#tmux("display-message", "-p", format).trimEnd();
  }

  #tmux(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync("tmux", ["-S", this.#socket, ...args], {
      env: this.#env,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`tmux ${args.join(" ")}: ${stderr}`);
    return stdout;
  }
}
