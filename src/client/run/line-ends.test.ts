import { expect, test } from "bun:test";
import { LineEnds } from "./line-ends.ts";

const through = (...pieces: string[]) => {
  const lineEnds = new LineEnds();
  const parts = pieces.map((piece) => Buffer.from(lineEnds.write(Buffer.from(piece, "latin1"))).toString("latin1"));
  return parts.join("") + Buffer.from(lineEnds.end()).toString("latin1");
};

test("what a terminal makes of line ends, taken back wherever it is cut", () => {
  const written = "a\nb\r\n\n\r\r\nc\rd\r";
  const printed = written.replaceAll("\n", "\r\n");
  expect(through(printed)).toBe(written);
  expect(through(...printed)).toBe(written);
});
