// `bide delete SEL...`: ended sessions go to the archive, or away for good with --purge.

import type { Command } from "../command.ts";
import { forEach } from "../each-session.ts";
import { say, writeJson } from "../output.ts";
import { describeSelector, takeSelectors } from "../selector.ts";

export const run: Command = async (context) => {
  const { flags, json } = context;
  const selectors = takeSelectors(context);
  const bide = await context.connect();
  const options = { purge: flags.has("purge"), kill: flags.has("kill") };
  const { done, exitCode } = await forEach(context, selectors, async (selector) => {
    // A pattern goes as it is: the host knows which of the sessions that it matches may be deleted.
    const { deleted } = await bide.request("session.delete", { selectors: [selector], ...options });
    if (!json) say(`${describeSelector(selector)}: ${deleted.length} ${options.purge ? "removed" : "archived"}`);
    return deleted;
  });
  if (json && (done.length > 0 || exitCode === 0)) writeJson({ schema_version: 1, deleted: done.flat() });
  return exitCode;
};
