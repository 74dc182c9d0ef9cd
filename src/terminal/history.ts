// Lines that leave the scrollback of a model: each is encoded once, as text with SGR that begins and ends plain,
// and handed on before its memory is used again. The session appends them to its file; 10,000 coloured lines
// are 1 to 2 MB this way, in the model they would be 16 to 25.

import { LineEncoder } from "./line-encoder.ts";
import type { Links } from "./links.ts";
import type { Engine, Line } from "./xterm-internals.ts";

/** The line as UTF-8 without a line end; `wrapped`: the line after it continues it. */
export type LineLeft = (line: Uint8Array, wrapped: boolean) => void;

/** Reports every line that leaves; returns the resize to use, for a narrower screen makes lines leave as well. */
export function watchLeavingLines(
  engine: Engine,
  links: Links,
  onLineLeft: LineLeft | undefined,
): (cols: number, rows: number) => void {
  if (onLineLeft === undefined) return (cols, rows) => engine.resize(cols, rows);
  const service = engine._bufferService;
  const scroll = service.scroll;
  const lineEncoder = new LineEncoder(links);
  const report = (index: number) => {
    const { lines } = service.buffers.normal;
    const line = lines.get(index);
    const next = lines.get(index + 1);
    const wrapped = next?._isWrapped === true;
    if (line !== undefined) onLineLeft(lineEncoder.encode(line, wrapped ? next : undefined), wrapped);
  };
  service.scroll = (fill, isWrapped) => {
    const buffer = service.buffers.active;
    const leaves = buffer === service.buffers.normal && buffer.scrollTop === 0 && buffer.lines.isFull;
    if (leaves) report(0);
    scroll.call(service, fill, isWrapped);
  };
  return (cols, rows) => {
    const { normal } = service.buffers;
    const { scrollback } = engine.options;
    // Room for every line wrapped anew, so that none is lost before it is reported; then trim.
    const rewrapped = normal.lines.length * Math.ceil(engine.cols / Math.max(1, cols)) + rows;
    engine.options.scrollback = Math.max(scrollback, rewrapped);
    engine.resize(cols, rows);
    const surplus = normal.lines.length - engine.rows - scrollback;
    for (let index = 0; index < surplus; index += 1) report(index);
    engine.options.scrollback = scrollback;
  };
}

/** One line for those who have no encoder of their own; `next` as in LineEncoder. */
export function encodeLine(line: Line, _engine: Engine, links: Links, next: Line | undefined): Uint8Array {
  return new LineEncoder(links).encode(line, next);
}
