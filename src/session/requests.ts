// Answers the requests on a session socket: one function per method, checked against its schema on the way in.
// The methods and their shapes are in protocol/worker-messages.ts.

import type * as v from "valibot";
import { BideError, unwrap } from "../base/errors.ts";
import { type ErrorPayload, fromErrorPayload, thrownPayload } from "../protocol/error-payload.ts";
import { encodeFrame, FRAME } from "../protocol/frames.ts";
import { validate, validateJson } from "../protocol/validate.ts";
import {
  isWorkerMethod,
  RequestSchema,
  type ScreenStatePayload,
  WORKER_METHODS,
  type WorkerMethod,
  type WorkerResult,
} from "../protocol/worker-messages.ts";
import type { Connection } from "./connection.ts";
import type { SessionEvent } from "./event-log.ts";
import { inputReader } from "./input-reader.ts";
import { paneCapture, paneFacts, paneReset } from "./pane-requests.ts";
import { readEvents, readLog } from "./read-requests.ts";
import { sendInput } from "./send-request.ts";
import type { Session } from "./session.ts";
import { interruptCommand, readCommand, runCommand } from "./shells/command-requests.ts";

type Params<M extends WorkerMethod> = v.InferOutput<(typeof WORKER_METHODS)[M]["params"]>;
/** What a method answers: its result, and bytes for the methods that bring some. */
type Answer<M extends WorkerMethod> =
  | WorkerResult<M>
  | { readonly result: WorkerResult<M>; readonly bytes: Uint8Array };
type Handlers = {
  [M in WorkerMethod]: (session: Session, params: Params<M>, from: Connection) => Answer<M> | Promise<Answer<M>>;
};

const HANDLERS: Handlers = {
  "session.status": (session) => ({ session: session.info() }),
  "session.inspect": (session) => ({
    session: session.info(),
    env: session.record.env,
    clients: session.hub.clients.map((client) => ({
      client_id: client.id,
      owner: session.hub.owner === client,
      read_only: client.readOnly,
      rows: client.size.rows,
      cols: client.size.cols,
      since: client.since,
    })),
  }),
  "session.subscribe": (session, _params, from) => {
    session.status.subscribe(from);
    return { session: session.info() };
  },
  "session.rename": (session, { name }, from) => {
    onlyTheHost(from);
    return change(session, { name }, { event: "renamed", name });
  },
  "session.label": (session, { set, remove }, from) => {
    onlyTheHost(from);
    const labels = { ...session.record.fields.labels, ...set };
    for (const key of remove) delete labels[key];
    return change(session, { labels }, { event: "labelled", labels });
  },
  "session.theme": (session, { theme }) => change(session, { status_theme: theme }, undefined),
  "session.resize": (session, size) => {
    unwrap(session.program);
    session.resize(size);
    return { session: session.info() };
  },
  "session.detach": (session, { client_id, switch_to }) => {
    const message = switch_to ? { reason: "switched" as const, switch_to } : { reason: "requested" as const };
    return { detached: session.hub.detach(client_id, message) };
  },
  "session.stop": async (session, { grace_ms, hang_up }) => {
    await session.lifecycle?.stop(grace_ms, hang_up);
    if (hang_up && session.ended) session.ending.finish();
    return { session: session.info() };
  },
  "session.kill": async (session) => {
    await session.lifecycle?.kill();
    return { session: session.info() };
  },
  "session.finish": (session) => {
    if (!session.ended) throw new BideError("session_live", `session ${session.record.fields.name} has not ended`);
    session.ending.finish();
    return {};
  },
  "input.send": sendInput,
  "session.print": async (session, { text }) => ({ offset: await session.printed.print(text) }),
  "input.reader": inputReader,
  "screen.state": async (session, { since }) => {
    const state = (await session.screen.load()).state();
    const changed_rows = session.shownScreens.changedRows(state, since);
    return { ...(state as unknown as ScreenStatePayload), ...(since !== null && { changed_rows }) };
  },
  "screen.snapshot": async (session, { scrollback }) => ({
    result: {},
    bytes: (await session.screen.load()).snapshot(scrollback),
  }),
  "history.read": async (session, { format, lines }) => {
    const screen = await session.screen.load();
    return { result: {}, bytes: screen.history(format, lines ?? undefined) };
  },
  "agent.report": (session, { state, reason }) => {
    unwrap(session.program);
    session.agent.report(state, reason);
    return { session: session.info() };
  },
  "session.wait": (session, { condition }, from) => session.waits.until(condition, from),
  "pane.facts": paneFacts,
  "pane.capture": paneCapture,
  "pane.reset": paneReset,
  "command.run": runCommand,
  "command.read": readCommand,
  "command.interrupt": interruptCommand,
  "log.read": readLog,
  "events.read": readEvents,
};

/** Never rejects: whatever goes wrong is the answer. */
export async function answerRequest(session: Session, connection: Connection, payload: Uint8Array): Promise<void> {
  const request = validateJson(RequestSchema, payload, "request");
  if (!request.ok) return connection.refuse(request);
  const { id, method, params } = request.value;
  try {
    if (!isWorkerMethod(method))
      throw new BideError("unsupported", `this worker does not know ${JSON.stringify(method)}`);
    const checked = unwrap(validate(WORKER_METHODS[method].params, params, method));
    // The table's types hold per method; TypeScript cannot follow that through a variable.
    const handler = HANDLERS[method] as (session: Session, params: unknown, from: Connection) => Promise<unknown>;
    const answer = await handler(session, checked, connection);
    if (hasBytes(answer)) {
      sendBytes(connection, id, answer.bytes);
      connection.sendJson(FRAME.response, { id, result: answer.result });
    } else {
      connection.sendJson(FRAME.response, { id, result: answer });
    }
  } catch (error) {
    connection.sendJson(FRAME.response, { id, error: asPayload(error) });
  }
}

function asPayload(error: unknown): ErrorPayload {
  const payload = thrownPayload(error);
  // A message that does not fit its schema is the caller's mistake, told as such.
  return payload.code === "protocol" ? { ...payload, hint: fromErrorPayload(payload).hint } : payload;
}

function hasBytes(answer: unknown): answer is { result: unknown; bytes: Uint8Array } {
  return (answer as { bytes?: unknown } | null)?.bytes instanceof Uint8Array;
}

/** The bytes of an answer: frames that begin with the request's number. */
function sendBytes(connection: Connection, id: number, bytes: Uint8Array): void {
  const chunk = 256 * 1024;
  for (let at = 0; at < bytes.length; at += chunk) {
    const piece = bytes.subarray(at, at + chunk);
    const payload = new Uint8Array(4 + piece.length);
    new DataView(payload.buffer).setUint32(0, id, true);
    payload.set(piece, 4);
    connection.send(encodeFrame(FRAME.bytes, payload), false);
  }
}

/** Names and labels are the host's to give: it alone knows who has which. */
function onlyTheHost(from: Connection): void {
  if (from.kind !== "host") throw new BideError("not_permitted", "ask the host: it keeps names and labels");
}

function change(session: Session, fields: Parameters<Session["record"]["change"]>[0], event: SessionEvent | undefined) {
  const before = session.record.fields;
  session.record.change(fields);
  const stored = session.record.store();
  // What is not stored has not happened: nobody may see it.
  if (!stored.ok) session.record.change(before);
  unwrap(stored);
  if (event !== undefined) session.journal.append(event);
  session.hub.tell({ event: "status", session: session.info() });
  session.status.changed();
  return { session: session.info() };
}
