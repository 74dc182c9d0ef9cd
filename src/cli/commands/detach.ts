// `bide detach [SEL]`: every client of a session leaves; the session goes on.

import { isEnded } from "../../client/ended-meanwhile.ts";
import type { Bide, Selector } from "../../client/index.ts";
import { visible } from "../../terminal/visible.ts";
import type { Command } from "../command.ts";
import { say, writeJson } from "../output.ts";
import { currentSession, describeSelector, takeOptionalSelector } from "../selector.ts";

export const run: Command = async (context) => {
  const selector = takeOptionalSelector(context) ?? currentSession(context.env);
  const bide = await context.connect();
  const { detached, name } = await detachAll(bide, selector).catch(async (error) => {
    // An ended session has no client, which is what was wanted.
    if (await isEnded(context, error)) return { detached: 0, name: describeSelector(selector) };
    throw error;
  });
  if (context.json) writeJson({ schema_version: 1, detached });
  else if (detached === 0) say(`nobody is attached to ${visible(name)}`);
  return 0;
};

async function detachAll(bide: Bide, selector: Selector): Promise<{ detached: number; name: string }> {
  const connection = await bide.session(selector);
  try {
    const { detached } = await connection.request("session.detach", { client_id: null, switch_to: null });
    return { detached, name: connection.session.name };
  } finally {
    connection.close();
  }
}
