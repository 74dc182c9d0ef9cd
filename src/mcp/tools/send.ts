// send: types into a session.

import * as v from "valibot";
import { BideError } from "../../base/errors.ts";
import type { InputItem } from "../../protocol/worker-messages.ts";
import { defineTool, SESSION } from "../tool.ts";

export const SEND = defineTool({
  name: "send",
  description:
    "Type into a session: text, then keys by name (Enter, Tab, Escape, C-c, M-x, Up, F5, ...), then Enter if asked for. " +
    "Refused while a person types there, unless force. To submit to an agent use prompt, to run a shell command use run.",
  input: v.strictObject({
    session: SESSION,
    text: v.optional(v.string()),
    paste: v.pipe(v.optional(v.boolean(), false), v.description("send text as a paste, not as typing")),
    keys: v.optional(v.array(v.string()), []),
    enter: v.pipe(v.optional(v.boolean(), false), v.description("press Enter at the end")),
    force: v.pipe(v.optional(v.boolean(), false), v.description("even while somebody else owns input")),
  }),
  reads: false,
  async call({ session, text, paste, keys, enter, force }, { host }) {
    const items: InputItem[] = keys.map((key) => ({ kind: "key", key }));
    if (text !== undefined) {
      items.unshift({ kind: paste ? "paste" : "bytes", data: Buffer.from(text).toString("base64") });
    }
    if (enter) items.push({ kind: "key", key: "Enter" });
    if (items.length === 0) throw new BideError("usage", "nothing to type: give text, keys or enter");
    const { bytes } = await host.withSession(session, (connection) =>
      connection.request("input.send", { items, force }),
    );
    return { text: `typed ${bytes} bytes`, data: { bytes } };
  },
});
