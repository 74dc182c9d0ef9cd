// `input.send`: types text, keys and pastes as one piece, in the program's keyboard mode of now, unless
// somebody else is typing.

import { concat } from "../base/byte-queue.ts";
import { BideError, unwrap } from "../base/errors.ts";
import type { InputItem } from "../protocol/worker-messages.ts";
import type { Session } from "./session.ts";

interface SendParams {
  readonly items: readonly InputItem[];
  readonly force: boolean;
  readonly timeout_ms: number;
}

export async function sendInput(
  session: Session,
  { items, force, timeout_ms }: SendParams,
): Promise<{ bytes: number }> {
  const running = unwrap(session.program);
  const owner = session.hub.owner;
  if (owner !== null && !force) {
    throw new BideError(
      "input_not_owned",
      `client ${owner.id} is attached and owns the input of ${session.record.fields.name}`,
    );
  }
  const bytes = items.every((item) => item.kind === "bytes") ? plainBytes(items) : await encodeItems(session, items);
  session.shell.typed();
  const sent = unwrap(await running.input.send(bytes, timeout_ms));
  session.inputRecord.typed("send", sent);
  session.agent.typed(bytes);
  session.shell.typed();
  return { bytes: sent };
}

function plainBytes(items: readonly InputItem[]): Uint8Array {
  return concat(items.map((item) => (item.kind === "bytes" ? Buffer.from(item.data, "base64") : new Uint8Array(0))));
}

/** Keys and pastes depend on what the program asked of its keyboard, which the screen model knows. */
async function encodeItems(session: Session, items: readonly InputItem[]): Promise<Uint8Array> {
  const { encodeKey, encodePaste } = await import("../terminal/keys.ts");
  const mode = (await session.screen.load()).keyboardMode();
  return concat(
    items.map((item) => {
      if (item.kind === "bytes") return Buffer.from(item.data, "base64");
      if (item.kind === "paste") return encodePaste(Buffer.from(item.data, "base64"), mode);
      const key = encodeKey(item.key, mode);
      if (key === undefined) throw new BideError("unknown_key", `${JSON.stringify(item.key)} is not the name of a key`);
      return key;
    }),
  );
}
