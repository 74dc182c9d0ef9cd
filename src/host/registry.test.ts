import { expect, test } from "bun:test";
import { Registry } from "./registry.ts";

test("a session that is being started, waited for under its name, its id and its pane", async () => {
  const registry = new Registry();
  const id = crypto.randomUUID();
  expect(registry.reserve("work").ok).toBe(true);
  registry.alsoKnownAs("work", id, "%7");
  const settled: string[] = [];
  const waiting = ["work", id, id.toUpperCase(), "%7"].map((text) =>
    registry.settled({ text }).then(() => settled.push(text)),
  );
  await registry.settled({ text: "other" });
  expect(settled).toEqual([]);
  registry.release("work");
  await Promise.all(waiting);
  expect(settled).toHaveLength(4);
  // Nothing is kept of it.
  for (const text of ["work", id, "%7"]) await registry.settled({ text });
  expect(registry.reserve("work").ok).toBe(true);
});
