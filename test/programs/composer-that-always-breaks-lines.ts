// A composer in which Enter never submits and always makes a new line.
import { runComposer } from "./composer.ts";

runComposer({ submits: () => false, otherwise: "newline" });
