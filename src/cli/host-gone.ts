// Waits until a host that was told to end no longer answers, so that a command after it finds no host.

import { connect } from "../client/connect.ts";

const LOOK_MS = 5;
/** It has already answered that it ends; a machine that swaps may take its time. */
const LOOKS = 1000;

export async function whenHostGone(): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const bide = await connect({ startHost: false }).catch(() => undefined);
    if (bide === undefined) return;
    bide.close();
    await Bun.sleep(LOOK_MS);
  }
}
