// When something was printed: the journal's `output` events say the time of each stretch of offsets. They are
// looked up by bisection over their numbers, because a journal may hold a hundred thousand.

import type { RecordedSession } from "../../client/recorded-session.ts";

interface OutputEvent {
  readonly seq: number;
  readonly time: string;
  readonly offset: number;
  /** One past the last byte. */
  readonly end: number;
}

const PAGE = 500;

/** The first offset that was printed at or after a moment (ms since 1970); undefined when nothing was. */
export async function offsetSince(recorded: RecordedSession, moment: number): Promise<number | undefined> {
  return (await firstOutput(recorded, (event) => Date.parse(event.time) >= moment))?.offset;
}

/** Times by offset, asked for in growing order. */
export class OutputTimes {
  readonly #recorded: RecordedSession;
  #known: OutputEvent[] = [];
  #seq = 0;
  #started = false;

  constructor(recorded: RecordedSession) {
    this.#recorded = recorded;
  }

  /** RFC 3339, or null when the journal does not tell. */
  async timeOf(offset: number): Promise<string | null> {
    if (!this.#started) {
      this.#started = true;
      const first = await firstOutput(this.#recorded, (event) => event.end > offset);
      this.#seq = (first?.seq ?? 1) - 1;
    }
    for (;;) {
      while (this.#known[0] !== undefined && this.#known[0].end <= offset) this.#known.shift();
      const [event] = this.#known;
      if (event !== undefined) return event.offset <= offset ? event.time : null;
      const page = await readOutputs(this.#recorded, this.#seq);
      if (page.seq === this.#seq) return null;
      this.#seq = page.seq;
      this.#known = page.outputs;
    }
  }
}

/** The first output event for which `isLate` holds, which must go on holding for all later ones. */
async function firstOutput(
  recorded: RecordedSession,
  isLate: (event: OutputEvent) => boolean,
): Promise<OutputEvent | undefined> {
  const { events } = await recorded.readEvents({ tail: 1 });
  let low = 0;
  let high = events.at(-1)?.seq ?? 0;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = await outputAfter(recorded, middle);
    if (event === undefined || isLate(event)) high = middle;
    else low = event.seq;
  }
  return outputAfter(recorded, low);
}

async function outputAfter(recorded: RecordedSession, seq: number): Promise<OutputEvent | undefined> {
  for (let after = seq; ; ) {
    const page = await readOutputs(recorded, after);
    const [first] = page.outputs;
    if (first !== undefined || page.seq === after) return first;
    after = page.seq;
  }
}

/** One page of events after a number: its output events, and the number of its last event. */
async function readOutputs(recorded: RecordedSession, after: number): Promise<{ outputs: OutputEvent[]; seq: number }> {
  const { events } = await recorded.readEvents({ after_seq: after, max: PAGE });
  const outputs = events.flatMap(({ seq, time, event, offset, length }) =>
    event === "output" && typeof offset === "number" && typeof length === "number"
      ? [{ seq, time, offset, end: offset + length }]
      : [],
  );
  return { outputs, seq: events.at(-1)?.seq ?? after };
}
