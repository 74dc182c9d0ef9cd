// An agent in front of a permission dialog; Enter would say yes.
import { runComposer } from "./composer.ts";

const question = ["╭──────────", "│ Bash command", "│   rm -rf build", "│ Do you want to proceed?"];
runComposer({ question: [...question, "│ ❯ 1. Yes", "│   2. Yes, and don't ask again", "│   3. No", "╰──────────"] });
