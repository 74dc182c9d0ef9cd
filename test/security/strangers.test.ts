// Fault S3: directories and sockets were opened to everybody by mistake. Another user who connects is cut off before a
// word is read, on both kinds of sockets; the session and its owner notice nothing.

import { expect, setDefaultTimeout } from "bun:test";
import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { dirname } from "node:path";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const STRANGER = 65_534;
/** Becomes the user, connects, says what it is given, and prints how many bytes are answered, 0 for none ever. */
const TALK = `
import os, socket, sys
os.setgroups([])
os.setuid(int(sys.argv[3]))
peer = socket.socket(socket.AF_UNIX)
peer.connect(sys.argv[1])
got = b""
try:
    peer.sendall(bytes.fromhex(sys.argv[2]))
    got = peer.recv(65536)
except OSError:
    pass
print(len(got))
`;

needs(
  "root",
  "setpriv",
  "python3",
)("another user at sockets that were made open to everybody, no answer; the user's own connections go on", async () => {
  await using box = sandbox();
  const { session_id } = await box.start("x", ["cat"]);
  const { host } = await box.json(["status"]);
  const { paths } = await box.json(["inspect", "x"]);
  const runtime = dirname(host.socket);
  for (const open of [box.root, dirname(runtime), runtime, host.socket, paths.socket]) chmodSync(open, 0o777);

  const hello = JSON.stringify({ protocol: 1, version: "0.1.0", kind: "client" });
  const line = `{"jsonrpc":"2.0","id":1,"method":"host.status","params":{}}\n`;
  const length = Buffer.alloc(4);
  length.writeUInt32LE(hello.length);
  const frame = Buffer.concat([Buffer.of(1), length, Buffer.from(hello)]);
  const heard = [STRANGER, 0].map((uid) => [talk(host.socket, Buffer.from(line), uid), talk(paths.socket, frame, uid)]);
  for (const close of [box.root, dirname(runtime), runtime]) chmodSync(close, 0o700);
  expect(heard[0]).toEqual(["0", "0"]);
  expect(heard[1]?.every((bytes) => Number(bytes) > 20)).toBe(true);

  await box.type("x", "still here\r");
  expect(await box.printed("x", "still here")).toContain("still here");
  expect(await box.session("x")).toMatchObject({ session_id, state: "running" });
});

function talk(socket: string, words: Uint8Array, uid: number): string {
  const argv = ["-c", TALK, socket, Buffer.from(words).toString("hex"), String(uid)];
  const { stdout, stderr } = spawnSync("python3", argv, { encoding: "utf8" });
  return stdout.trim() || stderr;
}
