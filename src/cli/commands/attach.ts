// `bide attach SEL`: this terminal shows the session until the program ends or the user detaches.

import { attachSession } from "../attach-session.ts";
import type { Command } from "../command.ts";
import { takeSelector } from "../selector.ts";

export const run: Command = (context) => attachSession(context, takeSelector(context).selector);
