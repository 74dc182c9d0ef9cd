// A composer that ignores Enter.
import { runComposer } from "./composer.ts";

runComposer({ submits: () => false });
