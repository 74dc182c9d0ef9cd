// `bide delete SEL...`: ended sessions go to the archive, or away for good with --purge.

import { BideError } from "../../base/errors.ts";
import { fromErrorPayload } from "../../protocol/error-payload.ts";
import type { Selector } from "../../protocol/host-messages.ts";
import type { Command } from "../command.ts";
import { forEach } from "../each-session.ts";
import { say, sayError, writeJson } from "../output.ts";
import { describeSelector, takeSelectors } from "../selector.ts";

/** When one of several selectors fails so, the host has deleted nothing. */
const NOTHING_DELETED: readonly string[] = ["session_not_found", "ambiguous_selector", "session_live"];

export const run: Command = async (context) => {
  const { flags, json } = context;
  const selectors = takeSelectors(context);
  const bide = await context.connect();
  const options = { purge: flags.has("purge"), kill: flags.has("kill") };
  const failures: BideError[] = [];
  const deleteAll = async (wanted: readonly Selector[]) => {
    // A pattern goes as it is: the host knows which of the sessions that it matches may be deleted.
    const answer = await bide.request("session.delete", { selectors: [...wanted], ...options, tell_failed: true });
    const { deleted, failed = [] } = answer;
    failures.push(...failed.map(({ error }) => fromErrorPayload(error)));
    const named = wanted.map(describeSelector).join(", ");
    const count = failed.length === 0 ? deleted.length : `${deleted.length} of ${deleted.length + failed.length}`;
    if (!json && (deleted.length > 0 || failed.length > 1)) {
      say(`${named}: ${count} ${options.purge ? "removed" : "archived"}`);
    }
    return deleted;
  };
  // In one request, because a session that two selectors mean is gone for the second one after the first.
  const several = selectors.length > 1 ? await deleteAll(selectors).catch(nothingDeleted) : undefined;
  const each = several === undefined ? selectors.map((selector) => [selector]) : [];
  const { done, exitCode } = await forEach(context, each, deleteAll);
  const deleted = several ?? done.flat();
  for (const failure of failures) sayError(failure, json);
  const code = exitCode || (failures[0]?.exitCode ?? 0);
  if (json && (deleted.length > 0 || code === 0)) writeJson({ schema_version: 1, deleted });
  return code;
};

function nothingDeleted(error: unknown): undefined {
  if (error instanceof BideError && NOTHING_DELETED.includes(error.code)) return undefined;
  throw error;
}
