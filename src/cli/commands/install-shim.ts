// `bide install-shim`: writes the program called tmux that runs `bide tmux`, and prints its directory. Touches no file of
// the user's.

import { unwrap } from "../../base/errors.ts";
import { installShim } from "../../tmux/shim/shim-file.ts";
import type { Command } from "../command.ts";
import { writeJson, writeLine } from "../output.ts";
import { shimPlace } from "../shim-place.ts";

export const run: Command = async (context) => {
  const { directory } = shimPlace(context);
  const { path, written } = unwrap(installShim(directory, context.roles.binary));
  if (context.json) writeJson({ schema_version: 1, directory, path, written });
  else writeLine(directory);
  return 0;
};
