// The pixels of a PNG, by the book (8 bits, RGBA, not interlaced: what bide writes), so that tests look at what a viewer
// would show and not at what made it. Throws for anything that is not such a file.

import { inflateSync } from "node:zlib";

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `#rrggbb` of one pixel; throws outside of the image. */
  at(x: number, y: number): string;
}

const SIGNATURE = "89504e470d0a1a0a";
const CHANNELS = 4;

export function decodePng(file: Uint8Array): Pixels {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  if (bytes.toString("hex", 0, 8) !== SIGNATURE) throw new Error("no PNG signature");
  const packed: Buffer[] = [];
  let [width, height, ended] = [0, 0, false];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (bytes.readUInt32BE(at + 8 + length) !== Bun.hash.crc32(bytes.subarray(at + 4, at + 8 + length))) {
      throw new Error(`${name}: wrong checksum`);
    }
    if (name === "IHDR") {
      [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
      if (data.toString("hex", 8) !== "0806000000") throw new Error("not 8 bits, RGBA, not interlaced");
    }
    if (name === "IDAT") packed.push(data);
    if (name === "IEND") ended = true;
    at += 12 + length;
  }
  if (!ended) throw new Error("cut off");
  let rows: Uint8Array[] | undefined;
  return {
    width,
    height,
    at(x, y) {
      // Of a large picture mostly the size is asked for.
      rows ??= unfilter(inflateSync(Buffer.concat(packed)), width * CHANNELS, height);
      const pixel = rows[y]?.subarray(x * CHANNELS, x * CHANNELS + CHANNELS);
      if (pixel?.length !== CHANNELS) throw new RangeError(`${x}, ${y} is outside of ${width} x ${height}`);
      return `#${Buffer.from(pixel.subarray(0, 3)).toString("hex")}`;
    },
  };
}

function unfilter(data: Buffer, length: number, height: number): Uint8Array[] {
  const rows: Uint8Array[] = [];
  let above = new Uint8Array(length);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (length + 1)] ?? 0;
    const row = new Uint8Array(data.subarray(y * (length + 1) + 1, (y + 1) * (length + 1)));
    for (let x = 0; x < length; x += 1) {
      const left = row[x - CHANNELS] ?? 0;
      const up = above[x] ?? 0;
      row[x] = (row[x] ?? 0) + predicted(filter, left, up, above[x - CHANNELS] ?? 0);
    }
    rows.push(row);
    above = row;
  }
  return rows;
}

function predicted(filter: number, left: number, up: number, upperLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - upperLeft;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upperLeft)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : upperLeft;
}
