// A composer that never heard of bracketed paste.
import { runComposer } from "./composer.ts";

runComposer({ bracketedPaste: false });
