// The host, if one runs: for the verbs that never start one.

import { BideError } from "../base/errors.ts";
import type { Bide } from "../client/bide.ts";
import type { CommandContext } from "./command.ts";

/** Undefined when no host answers; anything else that is wrong is thrown. */
export async function runningHost(context: Pick<CommandContext, "connect">): Promise<Bide | undefined> {
  try {
    return await context.connect();
  } catch (error) {
    if (error instanceof BideError && error.code === "host_unreachable") return undefined;
    throw error;
  }
}
