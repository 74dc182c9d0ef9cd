// What an attached tmux client shows of a session that was resized between its being found and its being shown: tmux
// resizes every window when a client comes, so that is an ordinary moment.

import { expect, setDefaultTimeout, test } from "bun:test";
import { connect } from "../../src/client/index.ts";
import { ShownSession } from "../../src/tmux/view/shown-session.ts";
import { sandbox } from "../support/sandbox.ts";

setDefaultTimeout(30_000);

test("a session that grew after it was found, its first row is shown and none is scrolled away", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", "echo first; exec cat"], ["--size", "80x10"]);
  await box.printed("x", "first");
  const bide = await connect({ env: box.env });
  const connection = await bide.session("x");
  await box.ok(["resize", "x", "100x30"]);
  const drawn = Promise.withResolvers<void>();
  const shown = new ShownSession(connection.session.session_id, { onChange: () => drawn.resolve(), onEnd: () => {} });
  await shown.show(connection, false);
  await drawn.promise;
  expect([shown.cols, shown.rows, shown.row(0, 5)]).toEqual([100, 30, "first"]);
  shown.close();
  bide.close();
});
