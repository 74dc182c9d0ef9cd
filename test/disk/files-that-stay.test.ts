// Files of a session that the system does not let go: `delete` says which and why, takes it for no bug of its own, and the
// session stays as it was.

import { expect, setDefaultTimeout } from "bun:test";
import { spawnSync } from "node:child_process";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

needs("root", "mount")(
  "a session on a file system that became read-only, 5 and the reason, deleted later",
  async () => {
    await using box = sandbox();
    const { session_id } = await box.start("x", ["echo", "still here"]);
    await box.event("x", (event) => event.event === "exited");
    const { paths } = await box.inspect("x");
    {
      using _kept = readOnly(paths.root);
      const refused = await box.run(["delete", "x", "--purge", "--json"]);
      expect([refused.code, refused.stdout]).toEqual([5, ""]);
      expect(JSON.parse(refused.stderr).error).toMatchObject({
        code: "not_permitted",
        message: `cannot remove ${paths.root}: the file system is read-only`,
      });
      expect(await box.session(session_id)).toMatchObject({ state: "exited", archived: false });
      expect(await box.ok(["logs", "x"])).toBe("still here\n");
    }
    await box.ok(["delete", "x", "--purge"]);
    expect((await box.json(["list", "--all"])).sessions).toEqual([]);
  },
);

/** Makes a directory read-only for everybody until it is disposed. */
function readOnly(directory: string): Disposable {
  mount("--bind", directory, directory);
  mount("-o", "remount,bind,ro", directory);
  return { [Symbol.dispose]: () => spawnSync("umount", [directory]) };
}

function mount(...args: string[]): void {
  const { status, stderr } = spawnSync("mount", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`mount ${args.join(" ")}: ${stderr}`);
}
