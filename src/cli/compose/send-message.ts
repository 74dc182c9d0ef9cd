// Types a message into a session: as one piece, a paste where it has several lines, and Enter behind it.

import type { InputItem, SessionConnection } from "../../client/index.ts";

export async function sendMessage(
  connection: SessionConnection,
  text: string,
  { enter, force }: { enter: boolean; force: boolean },
): Promise<void> {
  const data = Buffer.from(text).toString("base64");
  const items: InputItem[] = [];
  if (text !== "") items.push({ kind: text.includes("\n") ? "paste" : "bytes", data });
  if (enter) items.push({ kind: "key", key: "Enter" });
  if (items.length > 0) await connection.request("input.send", { items, force });
}
