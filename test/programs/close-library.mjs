// Leaves waits and iterators in every state, closes the library and prints how they ended. It ends by itself when
// nothing is left open; runs on Node and on Bun.
import { readdirSync } from "node:fs";
import { connect } from "bide";

const open = () => readdirSync("/proc/self/fd").length;
const reasonOf = (promise) =>
  promise.then(
    () => "no error",
    (error) => error.message,
  );
const all = async (pieces) => {
  for await (const _ of pieces);
};
const bide = await connect();
const start = { name: "work", argv: ["cat"], env: { PATH: process.env.PATH }, cwd: "/", umask: 0o22 };
await bide.request("session.start", { ...start, rows: 24, cols: 80 });
await bide.wait("work", { until: "exit" }, { timeoutMs: 1 });
const before = open();
for (let round = 0; round < 10; round += 1) {
  await bide.wait("work", { until: "exit" }, { timeoutMs: 1 });
  // Aborted while the session is looked for.
  const given = new AbortController();
  const waiting = bide.wait("work", { until: "contains", text: "never" }, { signal: given.signal });
  setImmediate(() => given.abort());
  await waiting.catch(() => {});
}
// What was closed is gone for the kernel after a question more.
for (let round = 0; round < 100 && open() > before; round += 1) await bide.request("session.list", {});
const left = open() - before;
const given = new AbortController();
const aborted = [
  all(bide.output("work", { signal: given.signal })),
  all(bide.events("work", { signal: given.signal })),
];
const events = bide.events("work");
await events.next();
given.abort(new Error("enough"));
const closed = [bide.wait("work", { until: "exit" }), all(bide.output("work")), all(events)];
const reasons = await Promise.all(aborted.map(reasonOf));
const names = Promise.all(closed.map((promise) => promise.then(String, (error) => error.name)));
bide.close();
console.log(JSON.stringify({ left, reasons, names: await names }));
