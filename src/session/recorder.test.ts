import { expect, test } from "bun:test";
import type { OutputLog } from "../store/output-log.ts";
import type { AttachHub } from "./attach-hub.ts";
import type { EventLog } from "./event-log.ts";
import { Recorder } from "./recorder.ts";
import { ScreenHolder } from "./screen-holder.ts";

/** A recorder whose owner sees what is printed as long as `sees` says so of it; what was answered to the program. */
async function questionsTo(sees: (text: string) => boolean, printed: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  const screen = new ScreenHolder({
    rows: 24,
    cols: 80,
    offset: 0,
    answer: (bytes) => answers.push(Buffer.from(bytes).toString("latin1")),
    titleChanged: () => {},
    heard: () => {},
  });
  await screen.load();
  const hub = {
    ownerSees: true,
    broadcast(bytes: Uint8Array) {
      this.ownerSees = sees(Buffer.from(bytes).toString("latin1"));
    },
  };
  const log = { offset: 0, append: () => 0, flush: () => {}, dispose: () => {} };
  const journal = { seq: 0, append: () => {} };
  const recorder = new Recorder(
    log as unknown as OutputLog,
    journal as unknown as EventLog,
    screen,
    hub as unknown as AttachHub,
  );
  for (const text of printed) recorder.output(Buffer.from(text));
  recorder.dispose();
  return answers;
}

test("a question in the very bytes that the owner falls behind with, it is answered here and the others are not", async () => {
  const before = "\x1b[5n";
  const lost = "\x1b[?2004$p";
  const after = "\x1b[6n";
  const answers = await questionsTo((text) => text !== lost, [before, lost, after]);
  expect(answers).toEqual(["\x1b[?2004;2$y"]);
});

test("a question that is cut where the owner falls behind, it is answered here once", async () => {
  expect(await questionsTo((text) => text !== "5n", ["\x1b[", "5n", "text"])).toEqual(["\x1b[0n"]);
});
