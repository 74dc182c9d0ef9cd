// A composer without bad habits.
import { runComposer } from "./composer.ts";

runComposer({});
