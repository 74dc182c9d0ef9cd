// Looks at one worker's socket and says hello: who listens there, if anybody. Used by the facts of a session and by
// the search for workers without a record. The rule: only a hello is said (no attach, no subscription), so nothing
// of the session changes and nothing is written.

import type { Socket } from "bun";
import { errnoOf, messageOf } from "../../base/errors.ts";
import { isOurs, kindOf, lookAt } from "../../base/file-kind.ts";
import { isUnheard } from "../../base/unheard.ts";
import { VERSION } from "../../base/version.ts";
import { ErrorPayloadSchema } from "../../protocol/error-payload.ts";
import { encodeJsonFrame, FRAME, type Frame, FrameDecoder } from "../../protocol/frames.ts";
import { PROTOCOL_VERSION } from "../../protocol/limits.ts";
import { validateJson } from "../../protocol/validate.ts";
import { type Welcome, WelcomeSchema } from "../../protocol/worker-messages.ts";
import { within } from "./deadline.ts";

/** A worker answers within 6 ms under a flood; a stopped one never does. */
const ANSWER_MS = 1000;

export type WorkerAnswer =
  /** The directory of the sockets is not safe or not there: nothing was tried. */
  | { readonly kind: "unasked" }
  | { readonly kind: "absent" }
  | { readonly kind: "unsafe"; readonly got: string }
  | { readonly kind: "dead" }
  | { readonly kind: "silent"; readonly why: string }
  | { readonly kind: "answers"; readonly welcome: Welcome };

export async function askWorker(path: string): Promise<WorkerAnswer> {
  const found = lookAt(path);
  if (!found.ok) return { kind: "silent", why: found.message };
  const stats = found.value;
  if (stats === undefined) return { kind: "absent" };
  if (!stats.isSocket()) return { kind: "unsafe", got: kindOf(stats) };
  if (!isOurs(stats)) return { kind: "unsafe", got: `one of uid ${stats.uid}` };
  return sayHello(path);
}

async function sayHello(path: string): Promise<WorkerAnswer> {
  const answer = Promise.withResolvers<WorkerAnswer>();
  let socket: Socket<undefined> | undefined;
  let over = false;
  const decoder = new FrameDecoder();
  const closed = () => answer.resolve({ kind: "silent", why: "it closed the connection" });
  const connecting = Bun.connect({
    unix: path,
    socket: {
      binaryType: "uint8array",
      data: (_socket, bytes) => {
        const framed = decoder.push(bytes, (frame) => answer.resolve(answerOf(frame)));
        if (!framed.ok) answer.resolve({ kind: "silent", why: framed.message });
      },
      close: closed,
      end: closed,
      error: () => {},
    },
  });
  connecting.then(
    (connected) => {
      socket = connected;
      if (over) connected.terminate();
      else connected.write(encodeJsonFrame(FRAME.hello, { protocol: PROTOCOL_VERSION, version: VERSION }));
    },
    (error: unknown) => answer.resolve(unconnected(error)),
  );
  const outcome = await within(answer.promise, ANSWER_MS);
  over = true;
  socket?.terminate();
  return outcome ?? { kind: "silent", why: `no answer in ${ANSWER_MS} ms` };
}

function answerOf(frame: Frame): WorkerAnswer {
  if (frame.type === FRAME.error) {
    const refusal = validateJson(ErrorPayloadSchema, frame.payload, "error");
    return { kind: "silent", why: refusal.ok ? refusal.value.message : refusal.message };
  }
  const welcome = validateJson(WelcomeSchema, frame.payload, "welcome");
  return welcome.ok ? { kind: "answers", welcome: welcome.value } : { kind: "silent", why: welcome.message };
}

function unconnected(error: unknown): WorkerAnswer {
  if (errnoOf(error) === "ENOENT") return { kind: "absent" };
  return isUnheard(error) ? { kind: "dead" } : { kind: "silent", why: messageOf(error) };
}
