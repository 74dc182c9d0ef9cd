// Changes of a session's metadata: through its worker while that lives (it alone writes the record), else in
// the record itself.

import { unwrap } from "../base/errors.ts";
import type { Session } from "../protocol/session.ts";
import { checkLabels } from "./labels.ts";
import type { SessionEntry } from "./session-entry.ts";
import type { WorkerLink } from "./worker-link.ts";

export type SessionChange =
  | { readonly kind: "rename"; readonly name: string }
  | { readonly kind: "label"; readonly set: Readonly<Record<string, string>>; readonly remove: readonly string[] }
  | { readonly kind: "theme"; readonly theme: string | null };

/** Throws BideError when the change is not allowed or cannot be stored. */
export async function changeSession(entry: SessionEntry, change: SessionChange): Promise<Session> {
  if (change.kind === "label") unwrap(checkLabels(entry.session.labels, change.set, change.remove));
  const link = entry.live ? await entry.link() : undefined;
  if (link === undefined) {
    entry.expectNoWorker();
    unwrap(changeRecord(entry, change));
    return entry.session;
  }
  const answer = changeThrough(link, change);
  entry.update((await answer.catch((error) => Promise.reject(entry.whyNoAnswer(error)))).session);
  return entry.session;
}

function changeThrough(link: WorkerLink, change: SessionChange): Promise<{ session: Session }> {
  if (change.kind === "rename") return link.request("session.rename", { name: change.name });
  if (change.kind === "theme") return link.request("session.theme", { theme: change.theme });
  const { set, remove } = change;
  return link.request("session.label", { set, remove: [...remove] });
}

function changeRecord(entry: SessionEntry, change: SessionChange) {
  if (change.kind === "rename") return entry.change({ name: change.name }, { event: "renamed", name: change.name });
  if (change.kind === "theme") return entry.change({ status_theme: change.theme });
  const labels: Record<string, string> = { ...entry.session.labels, ...change.set };
  for (const key of change.remove) delete labels[key];
  return entry.change({ labels }, { event: "labelled", labels });
}
