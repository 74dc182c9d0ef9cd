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
        message: `cannot remove session x (${paths.root}): the file system is read-only`,
      });
      expect(await box.session(session_id)).toMatchObject({ state: "exited", archived: false });
      expect(await box.ok(["logs", "x"])).toBe("still here\n");
    }
    await box.ok(["delete", "x", "--purge"]);
    expect((await box.json(["list", "--all"])).sessions).toEqual([]);
  },
);

needs("root", "mount")(
  "one of several that stays, all others are deleted and told, and it is told with its reason",
  async () => {
    await using box = sandbox();
    for (const [verb, ...flags] of [["a", "--purge"], ["m"]]) {
      const names = ["1", "2", "3"].map((number) => `${verb}${number}`);
      const ids: string[] = [];
      for (const name of names) {
        ids.push((await box.start(name, ["true"])).session_id);
        await box.event(name, (event) => event.event === "exited");
      }
      const { paths } = await box.json(["inspect", names[1] ?? ""]);
      using _kept = readOnly(paths.root);
      const told = await box.run(["delete", ...names, ...flags, "--json"]);
      expect(JSON.parse(told.stdout).deleted.map((one: { session_id: string }) => one.session_id)).toEqual([
        ids[0],
        ids[2],
      ]);
      expect(JSON.parse(told.stderr).error.message).toContain(`${verb}2`);
      expect(told.code).not.toBe(0);
      // Nothing else is left of them: now it is one of one, by a pattern.
      const again = await box.run(["delete", `${verb}*`, ...flags]);
      expect([again.code, again.stdout]).toEqual([told.code, ""]);
      expect(again.stderr).toContain(JSON.parse(told.stderr).error.message);
      expect((await box.json(["status", ids[1] ?? ""])).session).toMatchObject({ archived: false });
    }
    await box.start("b1", ["true"]);
    await box.start("b2", ["true"]);
    for (const name of ["b1", "b2"]) await box.event(name, (event) => event.event === "exited");
    const { paths } = await box.json(["inspect", "b1"]);
    {
      using _kept = readOnly(paths.root);
      const { stderr, code } = await box.run(["delete", "b1", "b2", "--purge"]);
      expect([code, stderr.split("\n").slice(0, 2)]).toEqual([
        5,
        ["b1, b2: 1 of 2 removed", `bide: cannot remove session b1 (${paths.root}): the file system is read-only`],
      ]);
    }
    await box.ok(["delete", "b*", "--purge"]);
  },
);

needs("root", "mount")(
  "labels for several, one of which cannot be written, it is told by its name and the others have theirs",
  async () => {
    await using box = sandbox();
    for (const name of ["a", "b", "c"]) await box.start(name, ["cat"]);
    const { paths } = await box.json(["inspect", "b"]);
    {
      using _kept = readOnly(paths.root);
      const { code, stdout, stderr } = await box.run(["label", "a", "b", "c", "k=v", "--json"]);
      expect(JSON.parse(stdout).sessions).toMatchObject(["a", "c"].map((name) => ({ name, labels: { k: "v" } })));
      expect([code, JSON.parse(stderr).error.message]).toEqual([5, expect.stringMatching(/^b: .*read-only/)]);
    }
    await box.ok(["label", "b", "k=v"]);
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
