// `doctor --repair CODE`: which repairs there are, and running those that were asked for. Called by doctor.ts before
// the checks, so that the report shows the state afterwards.

import { fail, ok, type Result } from "../../base/result.ts";
import type { Paths } from "../../store/paths.ts";
import { archiveStale } from "./archive-stale.ts";
import { REPAIR_CODES, REPAIR_OF, type RepairCode } from "./findings.ts";
import type { DoctorRepair } from "./report.ts";

const REPAIRS: Readonly<Record<RepairCode, (paths: Paths) => Promise<DoctorRepair[]>>> = {
  ARCHIVE_STALE: archiveStale,
};

/** Each once. The code of a repairable finding means its repair. Fails with `usage` for a word that is neither. */
export function repairsNamed(words: readonly string[]): Result<RepairCode[]> {
  const codes = new Set<RepairCode>();
  for (const word of words) {
    const code = REPAIR_CODES.find((known) => known === word) ?? new Map(Object.entries(REPAIR_OF)).get(word);
    if (code === undefined) {
      const message = `expected a repair, got ${JSON.stringify(word.slice(0, 100))}`;
      return fail("usage", message, { hint: `the repairs are: ${REPAIR_CODES.join(", ")}` });
    }
    codes.add(code);
  }
  return ok([...codes]);
}

export async function runRepairs(codes: readonly RepairCode[], paths: Paths): Promise<DoctorRepair[]> {
  const repairs: DoctorRepair[] = [];
  for (const code of codes) repairs.push(...(await REPAIRS[code](paths)));
  return repairs;
}
