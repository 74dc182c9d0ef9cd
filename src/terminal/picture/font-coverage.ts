// Which characters a font file can draw, read from its character map alone (OpenType `cmap`, formats 4 and 12, in plain
// files and collections). Used to find a font of the system for what the shipped ones lack. A file that is no font, or
// a damaged one, covers nothing.

import { closeSync, openSync, readSync } from "node:fs";

export type Coverage = (codePoint: number) => boolean;

const NOTHING: Coverage = () => false;
/** Tables with outlines; fonts of bitmaps alone (colour emoji) cannot be drawn here. */
const OUTLINES = ["glyf", "CFF ", "CFF2"];
/** More than any font has; keeps a damaged length from costing memory. */
const MOST_BYTES = 1 << 24;

export function fontCoverage(path: string): Coverage {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    return NOTHING;
  }
  try {
    return coverageOf((offset, length) => readAt(fd, offset, length));
  } catch {
    // Numbers that point outside of the file.
    return NOTHING;
  } finally {
    closeSync(fd);
  }
}

type Read = (offset: number, length: number) => DataView;

function readAt(fd: number, offset: number, length: number): DataView {
  if (length > MOST_BYTES) throw new RangeError("no font has such a table");
  const bytes = new Uint8Array(length);
  const count = readSync(fd, bytes, 0, length, offset);
  return new DataView(bytes.buffer, 0, count);
}

function coverageOf(read: Read): Coverage {
  const signature = tag(read(0, 4), 0);
  // The first font of a collection; the others of one file are variants of it.
  const start = signature === "ttcf" ? read(12, 4).getUint32(0) : 0;
  const count = read(start + 4, 2).getUint16(0);
  const directory = read(start + 12, count * 16);
  let cmap: { offset: number; length: number } | undefined;
  let drawable = false;
  for (let index = 0; index < count; index += 1) {
    const name = tag(directory, index * 16);
    if (OUTLINES.includes(name)) drawable = true;
    if (name !== "cmap") continue;
    cmap = { offset: directory.getUint32(index * 16 + 8), length: directory.getUint32(index * 16 + 12) };
  }
  return cmap === undefined || !drawable ? NOTHING : characterMap(read(cmap.offset, cmap.length));
}

function characterMap(table: DataView): Coverage {
  const maps: Coverage[] = [];
  for (let index = 0; index < table.getUint16(2); index += 1) {
    const platform = table.getUint16(4 + index * 8);
    const at = table.getUint32(8 + index * 8);
    const format = table.getUint16(at);
    // Unicode and Windows; the others count in other alphabets.
    if (platform !== 0 && platform !== 3) continue;
    if (format === 4) maps.push(segments(new DataView(table.buffer, at)));
    if (format === 12) maps.push(groups(new DataView(table.buffer, at)));
  }
  return (codePoint) => maps.some((map) => map(codePoint));
}

/** Format 4: segments of 16-bit characters, each with a distance to its glyphs or a list of them. */
function segments(map: DataView): Coverage {
  const twice = map.getUint16(6);
  const word = (list: number, at: number) => map.getUint16(14 + list * twice + (list > 0 ? 2 : 0) + at);
  return (codePoint) => {
    for (let at = 0; codePoint < 0xffff && at < twice; at += 2) {
      if (word(0, at) < codePoint) continue;
      const first = word(1, at);
      if (first > codePoint) return false;
      const offset = word(3, at);
      if (offset === 0) return ((codePoint + word(2, at)) & 0xffff) !== 0;
      const place = 16 + 3 * twice + at + offset + 2 * (codePoint - first);
      return place + 2 <= map.byteLength && map.getUint16(place) !== 0;
    }
    return false;
  };
}

/** Format 12: groups of any characters with a glyph each. */
function groups(map: DataView): Coverage {
  const count = map.getUint32(12);
  return (codePoint) => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = 16 + middle * 12;
      if (codePoint < map.getUint32(at)) high = middle;
      else if (codePoint > map.getUint32(at + 4)) low = middle + 1;
      else return map.getUint32(at + 8) + codePoint - map.getUint32(at) !== 0;
    }
    return false;
  };
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
}
