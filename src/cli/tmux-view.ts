// What a person sees who is attached to a tmux session: not there yet, and it says so.

import { BideError } from "../base/errors.ts";
import type { AttachEvents, AttachedView } from "../tmux/wire/shim.ts";

export function openView(_events: AttachEvents, _place: unknown): AttachedView {
  throw new BideError("failed", "attaching through the tmux face is not supported yet", {
    hint: "`bide list` shows the panes, `bide attach %3` attaches to one",
  });
}
