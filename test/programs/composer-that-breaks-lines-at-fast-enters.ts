// A composer that takes an Enter right behind text for part of a paste.
import { runComposer } from "./composer.ts";

runComposer({ submits: (_enters, msSinceText) => msSinceText > 100, otherwise: "newline" });
