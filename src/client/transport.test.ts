import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isUnheard } from "../base/unheard.ts";
import { connectSocket } from "./transport.ts";

const LISTEN = `Bun.listen({ unix: process.argv[1], socket: { data() {} } }); console.log("listening"); setInterval(() => {}, 1e6);`;

test("a listener that is killed before it takes the connection, the connection counts as unheard", async () => {
  const directory = mkdtempSync(join(tmpdir(), "bide-transport-"));
  try {
    const path = join(directory, "socket");
    const listener = Bun.spawn([process.execPath, "-e", LISTEN, path], { stdout: "pipe" });
    await listener.stdout.getReader().read();
    // It takes no connection any more; the kernel still queues them for it.
    listener.kill("SIGSTOP");
    const connecting = connectSocket(path, { onData: () => {}, onClose: () => {} });
    connecting.catch(() => {});
    listener.kill("SIGKILL");
    // Nothing else may happen here before it is dead, least of all a look at the connection.
    while (
      Bun.spawnSync(["ps", "-o", "stat=", "-p", String(listener.pid)])
        .stdout.toString()
        .trim()
        .at(0) !== "Z"
    );
    const error = await connecting.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeDefined();
    expect(isUnheard(error)).toBe(true);
    await listener.exited;
  } finally {
    rmSync(directory, { recursive: true });
  }
});
