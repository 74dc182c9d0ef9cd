import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { HOST_MEMORY, WORKER_MEMORY } from "../../src/base/memory-settings.ts";
import { sandbox } from "../support/sandbox.ts";
import { hostPid } from "./bide-commands.ts";

function environmentOf(pid: number): Map<string, string> {
  const entries = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").filter(Boolean);
  return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]));
}

function settingsIn(environment: Map<string, string>): Record<string, string> {
  return Object.fromEntries([...environment].filter(([name]) => name in HOST_MEMORY));
}

test.if(process.platform === "linux")(
  "a session runs, host and worker have the runtime's memory settings and its program has none of them",
  async () => {
    await using box = sandbox();
    const session = await box.start("quiet", ["sleep", "100000"]);
    expect(settingsIn(environmentOf(await hostPid(box)))).toEqual({ ...HOST_MEMORY });
    expect(settingsIn(environmentOf(session.worker_pid ?? 0))).toEqual({ ...WORKER_MEMORY });
    expect(settingsIn(environmentOf(session.child_pid ?? 0))).toEqual({});
  },
);
