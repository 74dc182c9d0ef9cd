// A worker that sends what is no message (faults F2, from the other side): whoever asked is told so at once, the connection
// is closed, and nobody waits for an answer that cannot come.

import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SessionConnection } from "../../src/client/session-connection.ts";
import type { Session } from "../../src/protocol/session.ts";
import { HELLO, jsonFrame, REQUEST, RESPONSE, rawFrame, WELCOME } from "./raw-session-client.ts";

const EVENT = 70;
const ERROR = 75;

const BROKEN: readonly [what: string, answer: Uint8Array][] = [
  ["an answer that is no JSON", rawFrame(RESPONSE, "{")],
  ["an answer whose number is a word", jsonFrame(RESPONSE, { id: "x" })],
  ["an event that is no JSON", rawFrame(EVENT, "]")],
  ["an error that is no JSON", rawFrame(ERROR, "]")],
  ["a frame that is too long", rawFrame(RESPONSE, "", 0xffff_ffff)],
];

test.each(BROKEN)("%s, told as a broken protocol, and the connection is closed", async (_what, answer) => {
  const directory = mkdtempSync("/tmp/bide-broken-");
  const path = join(directory, "socket");
  const server = Bun.listen({
    unix: path,
    socket: {
      data(socket, bytes) {
        if (bytes[0] === HELLO) {
          socket.write(jsonFrame(WELCOME, { protocol: 1, version: "0", session_id: "x", pid: 1 }));
        }
        if (bytes[0] === REQUEST) socket.write(answer);
      },
    },
  });
  try {
    const connection = await SessionConnection.open(path, { name: "x" } as Session);
    const failure = await connection.request("session.status", {}).catch((error) => error);
    expect(failure).toMatchObject({ code: "protocol" });
    await connection.closed;
  } finally {
    server.stop(true);
    rmSync(directory, { recursive: true });
  }
});
