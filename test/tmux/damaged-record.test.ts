// A tmux server whose record was damaged while no host ran: it is not there any more, which is told, and nothing else is
// lost: the file is kept, the programs go on, and a new server can be started.

import { expect, test } from "bun:test";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { recordPath } from "../../src/tmux/wire/socket-path.ts";
import { kill9 } from "../lifecycle/processes.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

type Damage = (record: Record<string, never>) => unknown;

/** A server with a pane, whose host is gone; `damage` makes the record what it is then. */
async function damaged(box: Sandbox, damage: (text: string) => string): Promise<{ path: string; text: string }> {
  await box.ok(["tmux", "new-session", "-d", "-s", "kept", "-n", "window", "cat"]);
  await box.ok(["tmux", "set-option", "-g", "status", "off"]);
  const socket = (await box.ok(["tmux", "display-message", "-p", "#{socket_path}"])).trim();
  const { host } = await box.json(["host", "status"]);
  await kill9(host.pid);
  const path = recordPath(box.stateDir, socket);
  const text = damage(readFileSync(path, "utf8"));
  writeFileSync(path, text);
  return { path, text };
}

function inJson(change: Damage): (text: string) => string {
  return (text) => JSON.stringify(change(JSON.parse(text)));
}

const damages: readonly (readonly [name: string, damage: (text: string) => string, reason: string])[] = [
  ["cut in two", (text) => text.slice(0, text.length / 2), "expected JSON"],
  ["empty", () => "", "an empty file"],
  ["without its windows", inJson(({ windows: _, ...rest }) => rest), "record.windows is missing"],
  ["a window's name that is no text", inJson((record) => named(record, 5)), "record.windows.0.name: expected string"],
  ["options that are none", inJson((record) => ({ ...record, settings: 7 })), ""],
];

function named(record: Record<string, never>, name: unknown): unknown {
  const [window, ...others] = record.windows ?? ([] as object[]);
  return { ...record, windows: [{ ...(window as object), name }, ...others] };
}

test.each(damages)("a record %s, told and kept aside, the pane's program goes on", async (_name, damage, reason) => {
  await using box = sandbox();
  const { path, text } = await damaged(box, damage);
  const call = await box.run(["tmux", "list-sessions"]);
  expect(call.code).toBe(1);
  expect(call.stderr).toMatch(/^no server running on /);
  expect(call.stderr).toContain("its record was damaged and is kept as ");
  expect(call.stderr).toContain(reason);
  const kept = readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.corrupt-`));
  expect(kept).toHaveLength(1);
  expect(readFileSync(`${dirname(path)}/${kept[0]}`, "utf8")).toBe(text);
  const { sessions } = await box.json(["list"]);
  expect(sessions).toMatchObject([{ name: "kept.0", state: "running" }]);
  await box.ok(["tmux", "new-session", "-d", "-s", "next", "cat"]);
  expect(await box.ok(["tmux", "list-sessions", "-F", "#S"])).toBe("next\n");
});

test("a record damaged and a call that starts a server, it is told in the new server's messages", async () => {
  await using box = sandbox();
  await damaged(box, () => "{");
  await box.ok(["tmux", "new-session", "-d", "-s", "next", "cat"]);
  expect(await box.ok(["tmux", "show-messages"])).toContain("its record was damaged and is kept as ");
});
