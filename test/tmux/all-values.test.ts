// `display-message -a` beside Debian's tmux: every variable that has a value there has the same one here.

import { expect } from "bun:test";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { Oracle } from "./oracle.ts";

/** Of one run only, of one version, or what the page says that there is none of. */
const ELSEWHERE =
  /^(?:(?:pane_)?pid|pane_tty|pane_current_\w+|version|socket_path|config_files|command|start_time|.*_(?:activity|created|bytes|mode_format|last_attached))=/;

needs("tmux")("display-message -a: the variables and their values are tmux's", async () => {
  await using box = sandbox();
  await using oracle = new Oracle(box);
  await Promise.all(
    [oracle.real, oracle.ours].map((one) =>
      one.call(oracle, ["new-session", "-d", "-s", "foo", "-n", "main", "-x", "100", "-y", "30", "exec cat"]),
    ),
  );
  for (const args of [["-a"], ["-a", "-p", "-t", "foo"]]) {
    const lines = async (call: Oracle["ours"]) =>
      (await call.call(oracle, ["display-message", ...args])).stdout
        .split("\n")
        .filter((line) => line.includes("=") && !ELSEWHERE.test(line));
    const ours = await lines(oracle.ours);
    expect(ours).toEqual(expect.arrayContaining(await lines(oracle.real)));
    expect(ours).toContain("pane_format=1");
  }
});
