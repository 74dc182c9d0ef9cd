// Changes of a session's metadata: through its worker while that lives (it alone writes the record), else in
// the record itself.

import { unwrap } from "../base/errors.ts";
import type { Session } from "../protocol/session.ts";
import { checkLabels } from "./labels.ts";
import type { SessionEntry } from "./session-entry.ts";

export type SessionChange =
  | { readonly kind: "rename"; readonly name: string }
  | { readonly kind: "label"; readonly set: Readonly<Record<string, string>>; readonly remove: readonly string[] }
  | { readonly kind: "theme"; readonly theme: string | null };

/** Throws BideError when the change is not allowed or cannot be stored. */
export async function changeSession(entry: SessionEntry, change: SessionChange): Promise<Session> {
  if (change.kind === "label") unwrap(checkLabels(entry.session.labels, change.set, change.remove));
  const link = entry.live ? await entry.link() : undefined;
  if (link === undefined) {
    unwrap(changeRecord(entry, change));
  } else if (change.kind === "rename") {
    entry.update((await link.request("session.rename", { name: change.name })).session);
  } else if (change.kind === "label") {
    const { set, remove } = change;
    entry.update((await link.request("session.label", { set, remove: [...remove] })).session);
  } else {
    entry.update((await link.request("session.theme", { theme: change.theme })).session);
  }
  return entry.session;
}

function changeRecord(entry: SessionEntry, change: SessionChange) {
  if (change.kind === "rename") return entry.change({ name: change.name }, { event: "renamed", name: change.name });
  if (change.kind === "theme") return entry.change({ status_theme: change.theme });
  const labels: Record<string, string> = { ...entry.session.labels, ...change.set };
  for (const key of change.remove) delete labels[key];
  return entry.change({ labels }, { event: "labelled", labels });
}
