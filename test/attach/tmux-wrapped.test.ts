// What a program wraps for tmux (`ESC P tmux; ... ESC \`): the log keeps it as it was printed, screens and terminals
// get what was meant.

import { expect, setDefaultTimeout, test } from "bun:test";
import { sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const PROGRAM = [
  "stty -echo",
  "printf 'a\\033Ptmux;\\033\\033[1mbold\\033\\033[m\\033\\\\b.'",
  "read line",
  // Cut in its opening; the pieces are printed by processes of their own.
  "/usr/bin/printf 'c\\033Ptm'; /usr/bin/printf 'ux;d\\033\\\\e.'",
  "exec sleep 1000",
].join("; ");

test("wrapped output of a live session, unwrapped on the screen and for clients, raw in the log, offsets as printed", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", PROGRAM]);
  const raw = await box.printed("x", "b.");
  expect(raw).toBe("a\x1bPtmux;\x1b\x1b[1mbold\x1b\x1b[m\x1b\\b.");
  expect(await box.ok(["screen", "x", "--ansi"])).toBe("a\x1b[1mbold\x1b[mb.\n");
  const attached = box.spawn(["attach", "x"]);
  await attached.says("b.");
  await attached.type("\n");
  expect(await attached.says("cde.")).not.toContain("tmux;");
  expect(await box.printed("x", "e.")).toBe(`${raw}c\x1bPtmux;d\x1b\\e.`);
  const { offset, lines } = await box.json(["screen", "x"]);
  expect(lines[0].text).toBe("aboldb.cde.");
  expect((await box.session("x")).output_bytes).toBe(offset);
  await attached.finishInput("");
  await attached.finished;
});
