// The processes of a session as lifecycle.ts sees them: the program's group to signal, and everything that
// belongs to the session to kill. Identities are compared before every signal (pty/signals.ts).

import { identify } from "../pty/identity.ts";
import type { PtyProcess } from "../pty/pty.ts";
import { membersOfSession } from "../pty/session-members.ts";
import { signalGroup, signalProcess } from "../pty/signals.ts";

export class ProgramControl {
  readonly #sessionId: string;
  readonly #pty: PtyProcess;

  constructor(sessionId: string, pty: PtyProcess) {
    this.#sessionId = sessionId;
    this.#pty = pty;
  }

  /** As a terminal that is closed does it: a program that is stopped goes on, or it would never take the signal. */
  askGroup(signal: NodeJS.Signals): void {
    this.#signalGroup(signal);
    this.#signalGroup("SIGCONT");
  }

  /** The program's own group, and the group in the foreground, which an interactive shell makes another one. */
  #signalGroup(signal: NodeJS.Signals): void {
    if (this.#pty.foregroundGroup() !== this.#pty.pid) this.#pty.signalForeground(signal);
    signalGroup(this.#pty.identity, signal);
  }

  killGroup(): void {
    this.#pty.signalForeground("SIGKILL");
    signalGroup(this.#pty.identity, "SIGKILL");
  }

  /**
   * Sends KILL to every process of the session that lives; returns how many there were. `strangers`: what earlier calls for
   * the same end found out, kept by the caller.
   */
  killMembers(strangers: Set<number>): number {
    const tty = this.#pty.closed ? null : this.#pty.ttyPath.replace(/^\/dev\//, "");
    const members = membersOfSession(this.#sessionId, this.#pty.identity, { tty, strangers }).filter(
      (row) => row.state !== "Z",
    );
    for (const member of members) {
      const identity = identify(member.pid);
      if (identity !== null && (member.start_time === "" || identity.start_time === member.start_time)) {
        signalProcess(identity, "SIGKILL");
      }
    }
    return members.length;
  }
}
