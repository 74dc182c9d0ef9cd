// Names for what is kept aside: `events.jsonl.torn-20260131T120000.123Z`. Called by quarantine and by the
// journal's recovery; the rule it keeps: what was set aside earlier is never overwritten.

import { existsSync } from "node:fs";
import { utcNow } from "../base/clock.ts";

/** A name beside `path` that nothing has; the time is the wall clock's, in UTC. */
export function stampedName(path: string, tag: string): string {
  const plain = `${path}.${tag}-${utcNow().replaceAll(/[-:]/g, "")}`;
  let name = plain;
  for (let count = 2; existsSync(name); count += 1) name = `${plain}-${count}`;
  return name;
}
