// `bide host run|status|stop`: the host by hand. Starts one only with `run`.

import { BideError } from "../../base/errors.ts";
import type { Command } from "../command.ts";
import { writeFields } from "../field-list.ts";
import { hostFields } from "../host-fields.ts";
import { whenHostGone } from "../host-gone.ts";
import { say, writeJson } from "../output.ts";
import { runningHost } from "../running-host.ts";
import { styleFor } from "../terminal-style.ts";

export const run: Command = async (context) => {
  const [action] = context.positionals;
  if (action === "run") return context.roles.runHost();
  const bide = await runningHost(context);
  if (action === "stop") {
    if (bide === undefined) say("no host is running");
    else {
      await bide.request("host.stop", {});
      bide.close();
      await whenHostGone();
    }
    if (context.json) writeJson({ schema_version: 1, stopped: bide !== undefined });
    return 0;
  }
  if (bide === undefined) {
    throw new BideError("host_unreachable", "no host is running", {
      hint: "most commands start one; so does `bide host run`",
    });
  }
  const host = await bide.request("host.status", {});
  if (context.json) writeJson({ schema_version: 1, host });
  else writeFields(hostFields(host), styleFor(1, context.env));
  return 0;
};
