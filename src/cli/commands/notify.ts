// `bide notify --title T`: tells whoever sits at this terminal. Never starts a host.

import { BideError } from "../../base/errors.ts";
import type { Command } from "../command.ts";
import { notify } from "../notification.ts";
import { writeJson } from "../output.ts";

export const run: Command = async ({ flags, json, env }) => {
  const title = flags.text("title") ?? "";
  if (title.trim() === "") throw new BideError("usage", "a notification needs a title: give --title T");
  const via = await notify({ title, subtitle: flags.text("subtitle"), body: flags.text("body") }, env, {
    dataOut: json,
  });
  if (json) writeJson({ schema_version: 1, notified: true, via });
  return 0;
};
