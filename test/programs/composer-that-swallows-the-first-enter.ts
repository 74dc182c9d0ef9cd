// A composer whose completion menu takes the first Enter.
import { runComposer } from "./composer.ts";

runComposer({ submits: (enters) => enters > 1 });
