// A composer below a spinner that turns twenty times a second.
import { runComposer } from "./composer.ts";

runComposer({ spins: true, ownCursor: true });
