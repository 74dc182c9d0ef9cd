// `ulimit` where bide starts: too few files or too little memory for it is told by name with the way out, is no bug of its
// own, and leaves no host behind that would refuse everybody else.

import { expect, setDefaultTimeout, test } from "bun:test";
import { needs } from "../support/needs.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

function limited(box: Sandbox, limit: string, ...args: string[]) {
  const { exitCode, stderr } = Bun.spawnSync(["sh", "-c", `ulimit ${limit}; exec "$0" "$@"`, BIDE, ...args], {
    env: box.env,
    cwd: box.root,
  });
  return { code: exitCode, stderr: stderr.toString() };
}

test("fewer files than a host needs, 125 and how many, and the next command starts a host as always", async () => {
  await using box = sandbox();
  for (const args of [["list"], ["start", "-n", "x", "--", "cat"], ["host", "run"]]) {
    const { code, stderr } = limited(box, "-n 24", ...args);
    expect([code, stderr]).toEqual([125, expect.stringMatching(/may open 24 files.*needs 64[\s\S]*`ulimit -n/)]);
  }
  await box.start("x", ["cat"]);
  // Who only asks needs few.
  expect(limited(box, "-n 24", "send", "x", "typed", "--enter")).toEqual({ code: 0, stderr: "" });
  await box.printed("x", "typed\r\ntyped\r\n");
});

needs("prlimit")(
  "too little address space, 125 with the limit's name, and the next command starts a host as always",
  async () => {
    await using box = sandbox();
    for (const args of [["list"], ["start", "-n", "x", "--", "cat"], ["host", "run"]]) {
      const { code, stderr } = limited(box, "-v 1000000", ...args);
      expect([code, stderr]).toEqual([125, expect.stringMatching(/976 MiB[\s\S]*`ulimit -v/)]);
      expect(stderr).not.toContain("bug");
    }
    await box.start("x", ["cat"]);
  },
);
