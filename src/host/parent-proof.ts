// A session started inside a session is its child. The caller proves where it runs with the secret in the
// environment of that session; a forged parent is refused (5).

import { fail, ok, type Result } from "../base/result.ts";
import type { Registry } from "./registry.ts";

/** What is kept of a session's secret: enough to recognise it, nothing to learn it from. */
export function sha256(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
}

/** A secret that nobody guesses: two random UUIDs, 244 random bits. */
export function newToken(): string {
  return crypto.randomUUID() + crypto.randomUUID();
}

/** The id of the parent; null when that session has ended (its processes may outlive it). */
export function proveParent(registry: Registry, claim: { session_id: string; token: string }): Result<string | null> {
  const parent = registry.byId(claim.session_id);
  if (parent === undefined || !parent.live) return ok(null);
  if (parent.tokenHash === "" || sha256(claim.token) !== parent.tokenHash) {
    return fail(
      "not_permitted",
      `the caller says it runs in session ${parent.session.name}, and its token does not prove it`,
      {
        hint: "unset BIDE_SESSION_ID to start an independent session",
      },
    );
  }
  return ok(claim.session_id);
}
