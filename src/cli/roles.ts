// What the command line needs from the other roles of the executable. src/bin injects it, because cli/ may
// not import host/.

import type { Session } from "../protocol/session.ts";

export interface DoctorCheck {
  readonly code: string;
  readonly severity: "info" | "warning" | "critical";
  readonly message: string;
  readonly path: string | null;
  readonly session_id: string | null;
  readonly repairable: boolean;
}

export interface DoctorRepair {
  readonly code: string;
  readonly status: "applied" | "skipped" | "failed";
  readonly path: string | null;
  readonly session_id: string | null;
  readonly message: string;
}

export interface DoctorReport {
  readonly status: "ok" | "warning" | "critical";
  readonly checks: readonly DoctorCheck[];
  /** What `--repair` did. */
  readonly repairs: readonly DoctorRepair[];
}

export interface Roles {
  /** Program and arguments that run this same build again: how a host is started. */
  readonly command: readonly string[];
  /** The one program that runs bide: what BIDE_BIN and the shim name. */
  readonly binary: string;
  /** Runs a host in the foreground until it is stopped; resolves to the exit code. Throws BideError `host_running`. */
  runHost(): Promise<number>;
  /** Looks at the state directory without a host; throws BideError `usage` for an unknown repair. */
  doctor(options: { readonly repair: readonly string[] }): Promise<DoctorReport>;
  /** Ends the live workers of a state directory whose host is dead; resolves to their sessions. */
  forceShutdown(): Promise<readonly Session[]>;
}
