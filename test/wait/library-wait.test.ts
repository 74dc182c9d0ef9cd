// `Bide.wait` of the library, and how a worker keeps its waits: bounded, and gone with their clients.

import { expect, setDefaultTimeout, test } from "bun:test";
import { connect } from "../../src/client/index.ts";
import { sandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

test("an outcome with the text found; an aborted wait rejects with the signal's reason", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", "echo is READY; exec sleep 1000"]);
  const bide = await connect({ env: box.env, startHost: false });
  try {
    const found = await bide.wait("x", { until: "contains", text: "READY" });
    expect(found).toMatchObject({ matched: true, timedOut: false, ended: false, match: "READY", line: "is READY" });
    const stop = new AbortController();
    const never = bide.wait("x", { until: "exit" }, { signal: stop.signal });
    stop.abort(new Error("enough"));
    expect(never).rejects.toThrow("enough");
    await never.catch(() => {});
    expect(await bide.wait("x", { until: "exit" }, { timeoutMs: 20 })).toMatchObject({
      matched: false,
      timedOut: true,
    });
  } finally {
    bide.close();
  }
});

test("every line that fits, one after the other, to the end of the session", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", "read -r _; seq 1 30; printf 'no 7 line end: 7'"]);
  const bide = await connect({ env: box.env, startHost: false });
  const lines: string[] = [];
  try {
    const condition = { until: "regex", pattern: "^.*7.*$" } as const;
    const watching = bide.wait("x", condition, { each: ({ line }) => void lines.push(line) });
    await box.type("x", "\r");
    expect(await watching).toMatchObject({ matched: false, ended: true, session: { state: "exited" } });
    expect(lines).toEqual(["7", "17", "27", "no 7 line end: 7"]);
  } finally {
    bide.close();
  }
});

test("257 waits at once, the last one refused; those of a client that went away are forgotten", async () => {
  await using box = sandbox();
  await box.start("x", ["sleep", "1000"]);
  const bide = await connect({ env: box.env, startHost: false });
  try {
    const first = await bide.session("x");
    const waits = Array.from({ length: 257 }, () => first.request("session.wait", { condition: { until: "exit" } }));
    const refused = await waits.at(-1)?.catch((error) => error.code);
    expect(refused).toBe("busy");
    const all = Promise.allSettled(waits);
    first.close();
    await all;
    const second = await bide.session("x");
    // Its hello is answered after the worker has seen the end of the first connection, or the wait is refused.
    let answer = "busy";
    while (answer === "busy") {
      const wait = second.request("session.wait", { condition: { until: "idle", for_ms: 0 } });
      answer = await wait.then(
        ({ matched }) => `matched: ${matched}`,
        (error) => error.code,
      );
    }
    expect(answer).toBe("matched: true");
    second.close();
  } finally {
    bide.close();
  }
});
