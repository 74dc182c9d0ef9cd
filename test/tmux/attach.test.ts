// attach-session and display-popup on a real terminal that is not ours: what a person sees, and that the terminal is given
// back. The terminal is Debian's tmux.

import { expect } from "bun:test";
import { join } from "node:path";
import { needs } from "../support/needs.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";
import { Oracle } from "./oracle.ts";

/** A window of a real tmux in which a command runs. */
class Window implements AsyncDisposable {
  readonly #box: Sandbox;
  readonly #socket: string;

  constructor(box: Sandbox, command: string) {
    this.#box = box;
    this.#socket = join(box.root, "outer");
    this.#tmux(["new-session", "-d", "-x", "80", "-y", "24", `${command}; echo ended $?; read x`]);
  }

  type(...keys: string[]): void {
    this.#tmux(["send-keys", ...keys]);
  }

  resize(cols: number, rows: number): void {
    this.#tmux(["resize-window", "-x", String(cols), "-y", String(rows)]);
  }

  /** The rows, once they hold the text. */
  async shows(text: string): Promise<string[]> {
    let screen = "";
    for (let look = 0; look < 2000; look += 1) {
      screen = this.#tmux(["capture-pane", "-p"]);
      if (screen.includes(text)) return screen.split("\n");
      // Each look costs a process; what is waited for needs the processor too.
      await Bun.sleep(10);
    }
    throw new Error(`${text} is not on the screen:\n${screen}`);
  }

  #tmux(args: string[]): string {
    const { TMUX: _, ...env } = this.#box.env as Record<string, string>;
    return Bun.spawnSync(["tmux", "-u", "-S", this.#socket, "-f", "/dev/null", ...args], { env }).stdout.toString();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#tmux(["kill-server"]);
  }
}

needs("tmux")(
  "attached, sees the active pane and the status row, follows it, types into it and leaves the terminal as it was",
  async () => {
    await using box = sandbox();
    await box.ok(["tmux", "new-session", "-d", "-s", "foo", "-n", "main", "echo first; cat"]);
    await using window = new Window(box, `'${BIDE}' tmux attach-session -t foo`);
    await window.shows("[foo] 0:main*");
    expect((await window.shows("first"))[0]).toBe("first");
    expect(await box.ok(["tmux", "list-panes", "-t", "foo", "-F", "#{pane_width}x#{pane_height}"])).toBe("80x23\n");
    window.type("typed here", "Enter");
    await window.shows("typed here\ntyped here");
    await box.ok(["tmux", "split-window", "-t", "foo", "echo second; cat"]);
    await window.shows("second");
    await box.ok(["tmux", "new-window", "-t", "foo", "-n", "other", "echo third; cat"]);
    await window.shows("1:other*");
    expect((await window.shows("third"))[0]).toBe("third");
    window.type("C-b", "p");
    await window.shows("0:main*");
    window.resize(100, 30);
    await window.shows("0:main*");
    await box.ok(["tmux", "kill-window", "-t", "foo:main"]);
    await window.shows("third");
    window.type("C-b", "d");
    const left = await window.shows("ended 0");
    expect(left.filter((row) => row !== "")).toEqual(["[detached (from session foo)]", "ended 0"]);
    expect(await box.ok(["tmux", "list-clients"])).toBe("");
  },
  60_000,
);

needs("tmux")(
  "a popup, a box over the pane that takes the keys, and its program's code for the caller",
  async () => {
    await using box = sandbox();
    await box.ok(["tmux", "new-session", "-d", "-s", "foo", "-n", "main", "cat"]);
    await using window = new Window(box, `'${BIDE}' tmux attach-session -t foo`);
    await window.shows("[foo]");
    const popup = box.run(["tmux", "display-popup", "-E", "-w", "30", "-h", "6", "echo in it; read x; exit 4"]);
    const rows = await window.shows("in it");
    expect(rows[9]).toBe(`${" ".repeat(25)}┌${"─".repeat(28)}┐`);
    expect(rows[10]).toBe(`${" ".repeat(25)}│in it${" ".repeat(23)}│`);
    window.type("Enter");
    expect((await popup).code).toBe(4);
    await box.ok(["tmux", "kill-session", "-t", "foo"]);
    expect((await window.shows("ended 0")).filter((row) => row !== "")).toEqual(["[exited]", "ended 0"]);
  },
  60_000,
);

needs("tmux")("without a client, a popup is refused as tmux refuses it", async () => {
  await using box = sandbox();
  await box.ok(["tmux", "new-session", "-d", "-s", "foo", "cat"]);
  const { code, stderr } = await box.run(["tmux", "display-popup", "-E", "true"]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "no current client\n" });
});

needs("tmux")(
  "Home and End of an xterm reach the pane as tmux sends them, and keys with Alt after any prefix are tmux's",
  async () => {
    await using box = sandbox();
    await box.ok(["tmux", "new-session", "-d", "-s", "foo", "-n", "main", "stty raw -echo; printf ready; cat -v"]);
    await using window = new Window(box, `'${BIDE}' tmux attach-session -t foo`);
    await window.shows("ready");
    // ESC [ H, ESC [ F and, as with application cursor keys, ESC O H.
    window.type("-H", "1b", "5b", "48", "1b", "5b", "46", "1b", "4f", "48");
    await window.shows("ready^[[1~^[[4~^[[1~");
    await box.ok(["tmux", "set-option", "-g", "status-right", "|right"]);
    await box.ok(["tmux", "rename-window", "-t", "foo", "日本語"]);
    // Of a row of 80 cells, and wide characters take two.
    expect((await window.shows("日本語"))[23]).toEndWith("|right");
    await box.ok(["tmux", "bind-key", "M-1", "display-message", "it was M-1"]);
    await box.ok(["tmux", "set-option", "-g", "prefix", "C-Space"]);
    // Who is attached is told soon afterwards, of everything in its order.
    await box.ok(["tmux", "set-option", "-g", "status-right", "|told"]);
    await window.shows("|told");
    window.type("-H", "00", "1b", "31");
    await window.shows("it was M-1");
    // The old prefix is the program's, and so is what follows the binding.
    window.type("-H", "02", "78");
    await window.shows("^[[1~^Bx");
    window.type("-H", "00", "64");
    await window.shows("ended 0");
  },
  60_000,
);

needs("tmux")(
  "in a pane, a session of its own server is not shown, and where output goes elsewhere none is",
  async () => {
    await using box = sandbox();
    await using oracle = new Oracle(box);
    const real = (...args: string[]) => oracle.real(args);
    const ours = (...args: string[]) => oracle.ours(args);
    for (const [call, program] of [
      [real, "tmux"],
      [ours, `'${BIDE}' tmux`],
    ] as const) {
      await call("new-session", "-d", "-s", "foo", "-n", "main", "-x", "100", "-y", "30", "sh");
      for (const command of ["attach", "attach -t foo", "new-session -s x", "new -A -s foo", "new -A -s y"]) {
        await call("send-keys", "-t", "foo", `clear; ${program} ${command}; echo co''de $?`, "Enter");
        expect(await shown(() => call("capture-pane", "-p", "-t", "foo"), "code 1")).toContain(
          "sessions should be nested with care, unset $TMUX to force\ncode 1",
        );
      }
      expect((await call("list-sessions", "-F", "#S")).stdout).toBe("foo\n");
    }
    await ours("new-session", "-d", "-s", "bar", "-n", "main", "-x", "100", "-y", "30", "sh");
    await ours("send-keys", "-t", "bar", `clear; TMUX= '${BIDE}' tmux attach -t foo | cat; echo co''de`, "Enter");
    expect(await shown(() => ours("capture-pane", "-p", "-t", "bar"), "code")).toContain(
      "open terminal failed: not a terminal\ncode",
    );
    expect((await ours("list-clients")).stdout).toBe("");
  },
  60_000,
);

async function shown(look: () => Promise<{ stdout: string }>, text: string): Promise<string> {
  for (let round = 0; round < 1000; round += 1) {
    const { stdout } = await look();
    if (stdout.split("\n").some((row) => row.startsWith(text))) return stdout;
    await Bun.sleep(10);
  }
  throw new Error(`${text} is not on the screen`);
}
