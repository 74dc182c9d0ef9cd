// What two files of an ended session hold (docs/files.md): the environment that `restart` takes, and the last screen.
// Both are read long after they were written, perhaps damaged since, so what is read is checked like a message.

import * as v from "valibot";
import { lazily } from "./lazily.ts";
import { ScreenStateSchema } from "./worker-messages.ts";

/** env.json: name -> value. */
export const StartEnvironmentSchema = lazily(() => v.record(v.string(), v.string()));

/** terminal.snapshot.json. */
export const LastScreenSchema = lazily(() =>
  v.looseObject({
    state: ScreenStateSchema,
    /** The rows of the screen as text with SGR. */
    rows_ansi: v.string(),
  }),
);
export type LastScreen = v.InferOutput<typeof LastScreenSchema>;
