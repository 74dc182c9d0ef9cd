// The texts of the shell integration, as part of the program: `type: "text"` puts them into the compiled executable.
// Imported by shell-start.ts only. TypeScript knows no modules of these kinds.

// @ts-expect-error: see above
import bashText from "./integration.bash" with { type: "text" };
// @ts-expect-error: see above
import fishText from "./integration.fish" with { type: "text" };
// @ts-expect-error: see above
import zshText from "./integration.zsh" with { type: "text" };

export const BASH_INTEGRATION: string = bashText;
export const FISH_INTEGRATION: string = fishText;
export const ZSH_INTEGRATION: string = zshText;
