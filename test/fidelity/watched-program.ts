// What the kernel knows of a program at a terminal: the size that it can ask for, whether it has come round since it was
// last looked at, and whether it waits for input now. Keys and sizes that arrive while a program still works may be
// dropped, or seen together, so both programs of direct-and-through.ts get theirs when they wait. Linux only.

import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { libc } from "../../src/pty/libc.ts";

/** Where a process sleeps that waits for a key: in select or poll, or in the read of a terminal; a digit: not told. */
const WAITS_FOR_INPUT = /^(poll_schedule_timeout|do_select|do_sys_poll|ep_poll|wait_woken|n_tty_read|\d)/;
const SIGWINCH_BIT = 1n << 27n;
/** TIOCGWINSZ of Linux. */
const GET_WINDOW_SIZE = 0x5413;

export class WatchedProgram {
  readonly pid: number;
  #switches = -1n;

  constructor(pid: number) {
    this.pid = pid;
  }

  /** It is about to get keys: from now on `rests` waits for it to wake up first. */
  expectKeys(): void {
    this.#switches = this.#status().switches;
  }

  /** It is about to get another size, which only a program that catches SIGWINCH wakes up for. */
  expectSize(): void {
    const { switches, catches } = this.#status();
    if (catches) this.#switches = switches;
  }

  /** Whether it has woken up since the last expectation and sleeps again until there is input, with no change of size to see. */
  get rests(): boolean {
    const { switches, pending, sleeping } = this.#status();
    return sleeping && !pending && switches > this.#switches && WAITS_FOR_INPUT.test(this.#file("wchan"));
  }

  /** `COLSxROWS, WIDTHxHEIGHT pixels` of its terminal, as the kernel has it; a change is signalled before it is seen here. */
  get size(): string {
    const terminal = openSync(`/proc/${this.pid}/fd/0`, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    try {
      const size = new Uint16Array(4);
      if (libc().ioctl(terminal, GET_WINDOW_SIZE, new Uint8Array(size.buffer)) !== 0) throw new Error("no terminal");
      const [rows, cols, width, height] = size;
      return `${cols}x${rows}, ${width}x${height} pixels`;
    } finally {
      closeSync(terminal);
    }
  }

  #status(): { switches: bigint; pending: boolean; catches: boolean; sleeping: boolean } {
    const status = this.#file("status");
    const field = (name: string) => new RegExp(`^${name}:\\s*(\\w+)`, "m").exec(status)?.[1] ?? "0";
    const winch = (...sets: string[]) => sets.some((set) => (BigInt(`0x${field(set)}`) & SIGWINCH_BIT) !== 0n);
    return {
      switches: BigInt(field("voluntary_ctxt_switches")),
      pending: winch("SigPnd", "ShdPnd"),
      catches: winch("SigCgt"),
      sleeping: field("State") === "S",
    };
  }

  #file(name: string): string {
    return readFileSync(`/proc/${this.pid}/${name}`, "utf8");
  }
}
