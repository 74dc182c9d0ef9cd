// A composer that hides the terminal's cursor and draws one of its own.
import { runComposer } from "./composer.ts";

runComposer({ ownCursor: true });
