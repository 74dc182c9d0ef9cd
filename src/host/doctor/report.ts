// What doctor answers with (the command line page, "JSON shapes"), and how one finding becomes a line of it.
// Made by every check. The rule: the severity comes from the table, the message says what was expected, what was
// got and what to do. Names and paths are kept as they are; whoever shows them makes control characters visible.

import { FINDINGS, type FindingCode, REPAIR_OF, type RepairCode } from "./findings.ts";

export type Severity = "info" | "warning" | "critical";

export interface DoctorCheck {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string | null;
  readonly session_id: string | null;
  readonly repairable: boolean;
}

export interface DoctorRepair {
  readonly code: RepairCode;
  readonly status: "applied" | "skipped" | "failed";
  readonly session_id: string | null;
  readonly path: string | null;
  readonly message: string;
}

export interface DoctorReport {
  readonly schema_version: 1;
  readonly status: "ok" | "warning" | "critical";
  readonly checks: readonly DoctorCheck[];
  readonly repairs: readonly DoctorRepair[];
}

export interface Where {
  readonly path?: string;
  readonly session?: string;
  /** Default: whether the table has a repair; false when something alive forbids it. */
  readonly repairable?: boolean;
}

export function finding(code: FindingCode, message: string, { path, session, repairable }: Where = {}): DoctorCheck {
  return {
    code,
    severity: FINDINGS[code][0],
    message,
    path: path ?? null,
    session_id: session ?? null,
    repairable: REPAIR_OF[code] !== undefined && repairable !== false,
  };
}

/** The worst severity; what is only info is ok. */
export function statusOf(checks: readonly DoctorCheck[]): DoctorReport["status"] {
  if (checks.some((check) => check.severity === "critical")) return "critical";
  return checks.some((check) => check.severity === "warning") ? "warning" : "ok";
}
