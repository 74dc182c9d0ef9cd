// Starts an agent's session under the first free of its names: `claude`, `claude-2`, ... The host decides who has a
// name, so of many that start at once each gets one of its own. A name that the user chose is never changed.

import { BideError } from "../base/errors.ts";
import type { Bide, Session, StartOptions } from "../client/index.ts";

/** Far more agents than a machine runs; then something else is wrong. */
const MOST_NAMES = 999;

/** @throws BideError of `session.start`, `name_taken` when `chosen` is not free. */
export async function startAgent(bide: Bide, options: StartOptions, base: string, chosen?: string): Promise<Session> {
  for (let number = 1; ; number += 1) {
    const name = chosen ?? (number === 1 ? base : `${base}-${number}`);
    try {
      return (await bide.request("session.start", { ...options, name })).session;
    } catch (error) {
      const taken = error instanceof BideError && error.code === "name_taken";
      if (!taken || chosen !== undefined || number === MOST_NAMES) throw error;
    }
  }
}
