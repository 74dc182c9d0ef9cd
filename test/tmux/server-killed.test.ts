// A call that meets a server in the moment of its death: the kernel resets a connection that nobody has taken yet, and the
// next host answers the call instead.

import { expect, test } from "bun:test";
import { recordPath } from "../../src/tmux/wire/socket-path.ts";
import { startServer } from "../../src/tmux/wire/start-server.ts";
import { kill9 } from "../lifecycle/processes.ts";
import { BIDE, sandbox } from "../support/sandbox.ts";

test("a connection reset by a host that was killed, another one serves its sessions", async () => {
  await using box = sandbox();
  await box.ok(["tmux", "new-session", "-d", "-s", "kept", "cat"]);
  const { host } = await box.json(["host", "status"]);
  const path = (await box.ok(["tmux", "display-message", "-p", "#{socket_path}"])).trim();
  await kill9(host.pid);
  const problem = await startServer({
    argv: ["list-sessions"],
    socket: { path, shown: path },
    refused: { errno: "ECONNRESET", message: "reset" },
    recorded: recordPath(box.stateDir, path),
    adopts: false,
    noStart: false,
    env: { ...box.env, BIDE_BIN: BIDE },
    command: [BIDE],
  });
  expect(problem).toBeUndefined();
  expect(await box.ok(["tmux", "list-sessions", "-F", "#S"])).toBe("kept\n");
});
