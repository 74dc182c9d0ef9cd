// Chance that comes again: the tests that compare random input with tmux use the same one each time.

/** Numbers that come again with the same seed: xorshift. */
export function dice(seed: number): (sides: number) => number {
  let state = seed * 2654435761 + 1;
  return (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % sides;
  };
}
