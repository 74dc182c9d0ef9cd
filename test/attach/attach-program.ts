// A client to be run on a PTY by the tests: attaches to the worker at argv[2] as `bide attach` does, with the
// options in argv[3] as JSON, and exits as it would.

import { writeFileSync } from "node:fs";
import { attachStream } from "../../src/attach/attach-stream.ts";
import { attachTerminal } from "../../src/attach/attach-terminal.ts";
import { parseDetachKey } from "../../src/attach/detach-key.ts";
import { hasTerminal, OuterTerminal } from "../../src/attach/outer-terminal.ts";
import { unwrap } from "../../src/base/errors.ts";
import type { Session } from "../../src/client/index.ts";
import { SessionConnection } from "../../src/client/index.ts";

const [socket = "", json = "{}"] = process.argv.slice(2);
const { session, pidFile, detachKey, switched, crashes, ...options } = JSON.parse(json);
writeFileSync(pidFile, String(process.pid));

const connection = await SessionConnection.open(socket, session as Session);
if (crashes) {
  process.on("SIGUSR2", () => {
    throw new Error("crashed on purpose");
  });
}
if (!hasTerminal()) {
  const { exitCode } = await attachStream({ connection, ...options });
  process.exit(exitCode);
}
const key = detachKey === undefined ? undefined : unwrap(parseDetachKey(detachKey));
if (!switched) {
  const { exitCode } = await attachTerminal({ connection, detachKey: key, ...options });
  process.exit(exitCode);
}
// Follows a switch to another session in the same terminal; both are at the same socket here.
const terminal = unwrap(OuterTerminal.open());
let result = await attachTerminal({ connection, terminal, ...options });
if (result.end.reason === "switched") {
  const next = await SessionConnection.open(socket, { ...session, session_id: result.end.to, name: switched });
  result = await attachTerminal({ connection: next, terminal, ...options });
}
terminal.dispose();
process.exit(result.exitCode);
