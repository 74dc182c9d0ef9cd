// The name of the user: of the system's list whatever USER says, and told by the environment for those who are not in it.

import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SAY_BOTH = `
  const { userName } = await import(${JSON.stringify(join(import.meta.dir, "user-name.ts"))});
  const list = process.argv.at(-1);
  console.log(userName(1234, list) + " " + userName(99, list));
`;

test("the system's list says who a user is; one who is not in it is who the environment says", () => {
  const directory = mkdtempSync(join(tmpdir(), "users-"));
  const passwd = join(directory, "passwd");
  try {
    writeFileSync(passwd, "root:x:0:0:root:/root:/bin/sh\nann:x:1234:1234:,,,:/home/ann:/bin/sh\n");
    const names = (env: Record<string, string>) =>
      Bun.spawnSync([process.execPath, "-e", SAY_BOTH, passwd], { env }).stdout.toString().trim();
    expect(names({ USER: "somebody" })).toBe("ann somebody");
    expect(names({})).toBe("ann undefined");
  } finally {
    rmSync(directory, { recursive: true });
  }
});
