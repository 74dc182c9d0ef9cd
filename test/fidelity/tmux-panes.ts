// Several terminals of one tmux that is nobody's but the test's: what runs in each, the keys typed into it by their
// names (tmux encodes them for the modes that the program has set), its size, and everything that tmux knows of what it
// shows. The witness of the tests that compare a program run directly with the same program run through bide.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { screenState } from "../../src/terminal/read-out.ts";
import { Screen } from "../../src/terminal/screen.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** Far more than anything takes on a busy machine; only a broken promise waits this long. */
const PATIENCE_MS = 20_000;
/** Between two looks; each costs a process. */
const LOOK_MS = 15;

/** What the programs are told about the terminal that tmux is; the same in a session that is attached to from a pane. */
export const TMUX_TERM = "screen-256color";

/** Cursor, screen, title and modes: what tells a pane's next behaviour from its cells alone. */
const STATE =
  "cursor #{cursor_x},#{cursor_y} #{cursor_flag} alternate #{alternate_on} keypad #{keypad_cursor_flag}" +
  "#{keypad_flag} mouse #{mouse_standard_flag}#{mouse_button_flag}#{mouse_all_flag}#{mouse_sgr_flag} insert " +
  "#{insert_flag} origin #{origin_flag} wrap #{wrap_flag} region #{scroll_region_upper}-#{scroll_region_lower} " +
  "title #{pane_title}";
/** More columns than any pane of these tests has. */
const WIDEST = 140;
const BETWEEN = "=====";

export interface PaneSize {
  readonly cols: number;
  readonly rows: number;
}

export class TmuxPanes implements Disposable {
  readonly #socket: string;
  readonly #env: Readonly<Record<string, string>>;
  #started = false;

  constructor(box: Sandbox) {
    this.#socket = join(box.root, "tmux.sock");
    this.#env = box.env;
  }

  /** A new terminal with a program in it; what it shows stays when the program ends. */
  open(pane: string, argv: readonly string[], { cols, rows }: PaneSize, cwd: string): void {
    const options = ["default-terminal", TMUX_TERM, "status", "off", "remain-on-exit", "on", "escape-time", "0"];
    const set = options.flatMap((name, at) =>
      at % 2 === 0 ? ["set-option", "-g", name, options[at + 1] ?? "", ";"] : [],
    );
    const first = this.#started ? [] : ["-f", "/dev/null", "start-server", ";", ...set];
    this.#started = true;
    const size = ["-x", String(cols), "-y", String(rows)];
    this.#tmux(...first, "new-session", "-d", "-s", pane, ...size, "-c", cwd, ...withoutTmux(argv));
    this.resize(pane, { cols, rows });
  }

  /** The same terminal, emptied, with another program in it. */
  reopen(pane: string, argv: readonly string[], cwd: string): void {
    this.#tmux("respawn-pane", "-k", "-t", pane, "-c", cwd, ...withoutTmux(argv));
  }

  resize(pane: string, { cols, rows }: PaneSize): void {
    this.#tmux("resize-window", "-t", pane, "-x", String(cols), "-y", String(rows));
  }

  /** Types text as it is. */
  type(pane: string, text: string): void {
    this.#tmux("send-keys", "-t", pane, "-l", "--", text);
  }

  /** Presses keys by their tmux names: `Enter`, `F3`, `C-\\`. */
  press(pane: string, ...keys: string[]): void {
    this.#tmux("send-keys", "-t", pane, ...keys);
  }

  /** The process that was started in the pane. */
  pid(pane: string): number {
    return Number(this.#tmux("display-message", "-p", "-t", pane, "#{pane_pid}"));
  }

  /** For each pane one line with its state, then its rows as text, then their styles. */
  look(...panes: string[]): string[] {
    const each = panes.flatMap((pane) => [
      ...["display-message", "-p", "-t", pane, STATE, ";"],
      ...["capture-pane", "-e", "-N", "-p", "-t", pane, ";"],
      ...["display-message", "-p", BETWEEN, ";"],
    ]);
    return this.#tmux(...each.slice(0, -1))
      .split(`${BETWEEN}\n`)
      .slice(0, panes.length)
      .map(readCapture);
  }

  /** Resolves once this holds for what the pane shows. */
  async until(pane: string, holds: (shown: string) => boolean): Promise<void> {
    let shown = "";
    await this.#patiently(
      () => {
        shown = this.look(pane)[0] ?? "";
        return holds(shown);
      },
      () => `never came true for\n${shown}`,
    );
  }

  /**
   * Resolves to what both panes show once `ready` holds and it is the same and as wanted; fails with both when that never
   * happens. `ready` is asked before each look.
   */
  async agree(one: string, other: string, ready: () => boolean, wanted: (shown: string) => boolean): Promise<string> {
    let [a = "", b = "", rest = false] = ["", ""];
    await this.#patiently(
      () => {
        rest = ready();
        // A look costs more than all the rest.
        if (rest) [a = "", b = ""] = this.look(one, other);
        return rest && a === b && wanted(a);
      },
      () => {
        [a = "", b = ""] = this.look(one, other);
        const fault = a !== b ? "differ" : rest ? "are not as wanted" : "are the same, but a program does not rest";
        return `${one} and ${other} ${fault}\n--- ${one}:\n${a}\n--- ${other}:\n${b}\n--- lines that differ:\n${differences(a, b)}`;
      },
    );
    return a;
  }

  [Symbol.dispose](): void {
    if (this.#started) this.#tmux("kill-server");
  }

  async #patiently(holds: () => boolean, complaint: () => string): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!holds()) {
      if (performance.now() > deadline) throw new Error(complaint());
      await Bun.sleep(LOOK_MS);
    }
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

/**
 * tmux writes the same cells in several ways: blanks that were cleared, or never written, and a style where it changes. So
 * what it captured is read as a terminal would.
 */
function readCapture(captured: string): string {
  const [state = "", ...rows] = captured.split("\n").slice(0, -1);
  const screen = new Screen({ rows: rows.length, cols: WIDEST });
  screen.write(new TextEncoder().encode(`\x1b)0${rows.join("\r\n")}`));
  const { lines } = screenState(screen);
  screen.dispose();
  const styles = lines.map(({ runs }, row) => (runs.length === 0 ? "" : `${row} ${JSON.stringify(runs)}\n`));
  return `${state}\n${lines.map(({ text }) => `${text}\n`).join("")}${styles.join("")}`;
}

function withoutTmux(argv: readonly string[]): string[] {
  return ["env", "-u", "TMUX", "-u", "TMUX_PANE", ...argv];
}

function differences(one: string, other: string): string {
  const others = other.split("\n");
  return one
    .split("\n")
    .flatMap((line, at) =>
      line === others[at] ? [] : [`${at}: ${JSON.stringify(line)}\n   ${JSON.stringify(others[at])}`],
    )
    .join("\n");
}
