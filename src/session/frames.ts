// What a frame of a client means: the dispatch of a session socket after the hello.

import { TerminalSizeSchema, WillSchema } from "../protocol/attach-messages.ts";
import { PASSED, readDrawn } from "../protocol/direct-frames.ts";
import { FRAME, type Frame } from "../protocol/frames.ts";
import { validateJson } from "../protocol/validate.ts";
import { clampSize } from "./attached-client.ts";
import { attachClient } from "./attaching.ts";
import type { Connection } from "./connection.ts";
import { answerRequest } from "./requests.ts";
import type { Session } from "./session.ts";
import { handleTyping } from "./typing.ts";

/** Types that we do not know are ignored: a newer client may have more. */
export function handleFrame(session: Session, connection: Connection, frame: Frame): void {
  const client = session.hub.of(connection);
  if (frame.type !== FRAME.resize) session.pacedSize.flush();
  switch (frame.type) {
    case FRAME.request:
      return void answerRequest(session, connection, frame.payload);
    case FRAME.attach:
      return void attachClient(session, connection, frame.payload);
    case FRAME.input:
      return client && handleTyping(session, client, frame.payload);
    case FRAME.resize: {
      const size = validateJson(TerminalSizeSchema, frame.payload, "resize");
      if (!size.ok) return connection.refuse(size);
      return client && session.hub.resize(client, clampSize(size.value));
    }
    case FRAME.drawn: {
      const drawn = readDrawn(frame.payload);
      return drawn && client?.terminal?.drawn(drawn);
    }
    case FRAME.passed:
      return client?.terminal?.passed(frame.payload[0] ?? PASSED.mine);
    case FRAME.will: {
      const will = validateJson(WillSchema, frame.payload, "will");
      if (!will.ok) return connection.refuse(will);
      if (client?.terminal !== undefined) client.terminal.will = will.value;
      return;
    }
    case FRAME.detach:
      if (client !== undefined) session.hub.detach(client.id, { reason: "requested" });
  }
}
