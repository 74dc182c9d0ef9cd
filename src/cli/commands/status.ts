// `bide status [SEL]`: one session, or the host without SEL.

import type { Command } from "../command.ts";
import { writeFields } from "../field-list.ts";
import { hostFields } from "../host-fields.ts";
import { writeJson } from "../output.ts";
import { takeOptionalSelector } from "../selector.ts";
import { sessionFields } from "../session-fields.ts";
import { writeSession } from "../session-output.ts";
import { styleFor } from "../terminal-style.ts";

export const run: Command = async (context) => {
  const { json, env } = context;
  const selector = takeOptionalSelector(context);
  if (selector === undefined) {
    const host = await context.ask("host.status", {});
    if (json) writeJson({ schema_version: 1, host });
    else writeFields(hostFields(host), styleFor(1, env));
    return 0;
  }
  const { session } = await context.ask("session.resolve", { selector, fresh: true });
  if (json) writeSession(session);
  else writeFields(sessionFields(session, env.HOME), styleFor(1, env));
  return 0;
};
