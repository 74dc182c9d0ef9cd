// Names, labels, themes and sizes: changed on live sessions and on ended ones, known to the next host, to the next
// life, and in the archive.

import { expect, setDefaultTimeout, test } from "bun:test";
import { type Sandbox, sandbox } from "../support/sandbox.ts";
import { attachWindow, killHost } from "./bide-commands.ts";
import { until } from "./processes.ts";

setDefaultTimeout(60_000);

test("changed while it runs, the same for a new host, after its end and in its next life", async () => {
  await using box = sandbox();
  const { session_id, child_pid } = await box.start("x", [
    "sh",
    "-c",
    "trap 'stty size' WINCH; while :; do read line; done",
  ]);
  await using window = attachWindow(box, "x");
  await until("the client is there", async () => (await status(box, "x")).attached_clients === 1);
  await box.ok(["rename", "x", "renamed"]);
  await box.ok(["label", "renamed", "k=v", "other=1"]);
  await box.ok(["theme", "renamed", "green"]);
  const changed = { session_id, name: "renamed", labels: { k: "v", other: "1" }, status_theme: "green" };
  expect(await status(box, session_id)).toMatchObject({ ...changed, child_pid, attached_clients: 1 });
  await killHost(box);
  expect(await status(box, "renamed")).toMatchObject({ ...changed, child_pid, attached_clients: 1 });
  expect((await box.run(["status", "x"])).code).toBe(3);
  // The old name is free, the new one is not.
  await box.start("x", ["cat"]);
  expect((await box.run(["start", "-n", "renamed", "--", "cat"])).code).toBe(4);

  await box.ok(["resize", "renamed", "100x33"]);
  await window.shows("33 100");
  await box.kill("renamed");
  expect(await window.exited).toMatchObject({ code: 137 });
  await killHost(box);
  const ended = { ...changed, state: "killed", rows: 33, cols: 100 };
  expect(await status(box, "renamed")).toMatchObject(ended);
  await box.ok(["restart", "renamed"]);
  expect(await status(box, "renamed")).toMatchObject({ ...changed, state: "running", rows: 33, cols: 100 });
});

test("changed after its end, by this host or the next; a size is refused; in the archive it stays", async () => {
  await using box = sandbox();
  const { session_id } = await box.start("x", ["sh", "-c", "exit 3"], ["-l", "old=1"]);
  await until("it has ended", async () => (await status(box, "x")).state === "exited");
  await box.start("taken", ["cat"]);
  await box.ok(["rename", "x", "y"]);
  await box.ok(["label", "y", "new=2", "old="]);
  await box.ok(["theme", "y", "red"]);
  expect((await box.run(["resize", "y", "90x30"])).code).toBe(4);
  const changed = { session_id, name: "y", labels: { new: "2" }, status_theme: "red", state: "exited", exit_code: 3 };
  expect(await status(box, "y")).toMatchObject(changed);
  await killHost(box);
  expect(await status(box, "y")).toMatchObject(changed);
  await box.ok(["label", "y", "newer=3"]);
  const archived = { ...changed, labels: { new: "2", newer: "3" }, archived: true };
  await box.ok(["delete", "y"]);
  expect(await status(box, session_id)).toMatchObject(archived);
  await killHost(box);
  expect(await status(box, session_id)).toMatchObject(archived);
  const events = await box.ok(["events", session_id]);
  for (const event of ["renamed", "labelled", "archived"]) expect(events).toContain(event);
});

async function status(box: Sandbox, selector: string) {
  return box.session(selector);
}
