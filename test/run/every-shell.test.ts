// What `run` promises in every shell, in bash; zsh and fish: other-shells.test.ts.

import { setDefaultTimeout } from "bun:test";
import { testPromises } from "./promises-of-run.ts";

setDefaultTimeout(60_000);

testPromises("bash");
