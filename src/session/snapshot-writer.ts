// Writes the last screen into its files once the program has ended, and once more if what it left behind
// printed afterwards.

import type { Session } from "./session.ts";
import { writeSnapshotFiles } from "./snapshot-files.ts";

export class SnapshotWriter {
  readonly #session: Session;
  #offset = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Resolves when the files show everything that has been printed; without output there are none. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const { recorder, screen, paths } = this.#session;
      if (recorder.offset === this.#offset) return;
      const model = await screen.load();
      const { offset } = recorder;
      if (writeSnapshotFiles(paths, model, this.#session.recentBytes()).ok) this.#offset = offset;
    });
    return this.#writing;
  }
}
