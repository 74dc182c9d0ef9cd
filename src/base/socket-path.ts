// The length of a Unix socket's path, checked by us: some runtimes cut a longer one silently, and then
// two names meet in one socket (architecture, trap 12). Called before every bind and connect.

import { fail, ok, type Result } from "./result.ts";

// sizeof(sockaddr_un.sun_path) is 108 on Linux and 104 on macOS, and the last byte is the terminator.
const LONGEST = { linux: 107, darwin: 103 };

/** Fails with socket_path_too_long, saying both lengths in bytes. */
export function checkSocketPath(path: string, platform: string = process.platform): Result<undefined> {
  const limit = platform === "darwin" ? LONGEST.darwin : LONGEST.linux;
  const length = new TextEncoder().encode(path).length;
  if (length <= limit) return ok();
  return fail("socket_path_too_long", `${path} is ${length} bytes long, and a socket's path may have ${limit}`);
}
