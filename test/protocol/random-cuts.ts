// Pieces of a stream as a socket might give them, for tests of everything that decodes one. Seeded, so that a
// failure comes again. Used by tests only.

/** A generator of whole numbers below `below`, the same for the same seed (xorshift32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** The stream in pieces of 0 to about 64 bytes, or now and then of a few thousand. */
export function* cutsOf(stream: Uint8Array, random: (below: number) => number): Generator<Uint8Array> {
  for (let at = 0; at < stream.length; ) {
    const length = random(10) === 0 ? random(5000) : random(64);
    yield stream.subarray(at, at + length);
    at += length;
  }
}
