// What `run` promises in every shell (promises-of-run.ts), in zsh and fish.

import { setDefaultTimeout } from "bun:test";
import { testPromises } from "./promises-of-run.ts";

setDefaultTimeout(60_000);

for (const shell of ["zsh", "fish"] as const) testPromises(shell);
