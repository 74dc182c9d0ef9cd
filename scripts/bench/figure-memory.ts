// PSS per idle session at 1, 20 and 100 sessions, and of 20 sessions that each keep 10,000 lines. Only what keeps
// the sessions counts, not the programs in them; a server that is there once is divided by the number of sessions,
// and for bide the host is told apart, because it is no more than the client's memory.

import type { Contender, ContenderName } from "./contender.ts";
import { linesOf } from "./corpus.ts";
import type { Figure, Row, Setting } from "./figure.ts";
import { pssOf } from "./memory.ts";
import { IDLE, printAndStay } from "./printers.ts";
import { sum } from "./statistics.ts";

/** After this a worker has written what it had to and given back what it could. */
const SETTLE_MS = 3000;

export const memory: Figure = {
  name: "memory",
  about: "PSS of idle sessions, and with 10,000 lines kept",
  async measure(setting) {
    const { world, quick } = setting;
    const rows: Row[] = [];
    let running = 0;
    for (const count of quick ? [1, 20] : [1, 20, 100]) {
      for (; running < count; running++)
        for (const tool of world.contenders) world.run(tool.start(`idle-${running}`, IDLE));
      await Bun.sleep(SETTLE_MS);
      rows.push(perSession(world.contenders, count));
      setting.say(`memory of ${count} sessions is measured`);
    }
    for (const tool of world.contenders) for (let index = 0; index < running; index++) tool.kill(`idle-${index}`);
    rows.push(await withLines(setting));
    return rows;
  },
};

function perSession(tools: readonly Contender[], count: number): Row {
  const values: Partial<Record<ContenderName, number>> = {};
  let host = 0;
  for (const tool of tools) {
    const { perSession, serving } = tool.keepers();
    const once = sum(serving.map(pssOf));
    const workers = sum(perSession.map(pssOf));
    if (tool.name === "bide") host = once;
    values[tool.name] = (workers + once) / count;
  }
  const withoutHost = (values.bide ?? Number.NaN) - host / count;
  const row = { measure: `PSS per idle session, ${count} sessions`, unit: "MB" as const, values };
  const note = `${withoutHost.toFixed(1)} without the host's ${host.toFixed(1)}`;
  if (count < 100) return { ...row, note };
  return { ...row, note, target: { text: "<= 8 MB (goal 5)", met: withoutHost <= 8 } };
}

async function withLines({ world }: Setting): Promise<Row> {
  const sessions = 20;
  const lines = world.path("lines.txt");
  await Bun.write(lines, linesOf("coloured", 10_000).join(""));
  for (let index = 0; index < sessions; index++)
    for (const tool of world.contenders) world.run(tool.start(`lines-${index}`, printAndStay(lines)));
  await Bun.sleep(SETTLE_MS);
  const values: Partial<Record<ContenderName, number>> = {};
  for (const tool of world.contenders) {
    const { perSession, serving } = tool.keepers();
    values[tool.name] = sum([...perSession, ...serving].map(pssOf));
  }
  const met = (values.bide ?? Number.NaN) <= 240;
  return {
    measure: "PSS, 20 sessions with 10,000 lines kept",
    unit: "MB",
    values,
    target: { text: "<= 240 MB (goal 150)", met },
    note: "all together; dtach keeps no lines",
  };
}
