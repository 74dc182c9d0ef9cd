// `bide detach [SEL]`: every client of a session leaves; the session goes on.

import { isEnded } from "../../client/ended-meanwhile.ts";
import type { Bide, Selector } from "../../client/index.ts";
import type { Command } from "../command.ts";
import { say, writeJson } from "../output.ts";
import { currentSession, describeSelector, takeOptionalSelector } from "../selector.ts";

export const run: Command = async (context) => {
  const selector = takeOptionalSelector(context) ?? currentSession(context.env);
  const bide = await context.connect();
  const detached = await detachAll(bide, selector).catch(async (error) => {
    // An ended session has no client, which is what was wanted.
    if (await isEnded(context, error)) return 0;
    throw error;
  });
  if (context.json) writeJson({ schema_version: 1, detached });
  else if (detached === 0) say(`nobody is attached to ${describeSelector(selector)}`);
  return 0;
};

async function detachAll(bide: Bide, selector: Selector): Promise<number> {
  const connection = await bide.session(selector);
  try {
    return (await connection.request("session.detach", { client_id: null, switch_to: null })).detached;
  } finally {
    connection.close();
  }
}
