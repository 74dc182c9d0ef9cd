// Panes by their place: `{top-left}`, `{up-of}`, select-pane -L -R -U -D. Used by the server's targets.

import { type PaneGeometry, paneGeometries } from "./geometry.ts";
import type { BorderStatus, Layout } from "./layout.ts";

export type Side = "up" | "down" | "left" | "right";

/** The pane at a place that a target names in braces (`top-left`, `right`); undefined when there is none (a border may be there) or no such place. */
export function paneAt(layout: Layout, place: string, border: BorderStatus = "off"): number | undefined {
  if (!/^(?:top|bottom|left|right|(?:top|bottom)-(?:left|right))$/.test(place)) return undefined;
  let x = Math.floor(layout.width / 2);
  let y = Math.floor(layout.height / 2);
  if (place.startsWith("top")) y = border === "top" ? 1 : 0;
  if (place.startsWith("bottom")) y = layout.height - (border === "bottom" ? 2 : 1);
  if (place.endsWith("left")) x = 0;
  if (place.endsWith("right")) x = layout.width - 1;
  return paneGeometries(layout, border).find(
    (pane) => x >= pane.left && x <= pane.right + 1 && y >= pane.top && y <= pane.bottom + 1,
  )?.pane;
}

/**
 * The pane that touches a side of another, round the edge of the window too; of several the one that was active
 * last (`lastActive`: greater is later), of those the first. Undefined when there is no other.
 */
export function neighbourOf(
  layout: Layout,
  pane: number,
  side: Side,
  lastActive: (pane: number) => number,
  border: BorderStatus = "off",
): number | undefined {
  const all = paneGeometries(layout, border);
  const from = all.find((one) => one.pane === pane);
  if (from === undefined) return undefined;
  const touching = all.filter(
    (one) => one.pane !== pane && touches(from, one, side, layout, border) && overlaps(from, one, side),
  );
  let best: number | undefined;
  for (const { pane: candidate } of touching) {
    if (best === undefined || lastActive(candidate) > lastActive(best)) best = candidate;
  }
  return best;
}

function touches(from: PaneGeometry, one: PaneGeometry, side: Side, layout: Layout, border: BorderStatus): boolean {
  if (side === "left") return one.left + one.width + 1 === (from.left === 0 ? layout.width + 1 : from.left);
  if (side === "right") {
    const edge = from.left + from.width + 1;
    return one.left === (edge >= layout.width ? 0 : edge);
  }
  if (side === "up") {
    const first = border === "top" ? 1 : 0;
    const wrapped = border === "bottom" ? layout.height : layout.height + 1;
    return one.top + one.height + 1 === (from.top === first ? wrapped : from.top);
  }
  const edge = from.top + from.height + 1;
  const last = border === "bottom" ? layout.height - 1 : layout.height;
  return one.top === (edge >= last ? (border === "top" ? 1 : 0) : edge);
}

/** They share columns (up, down) or rows (left, right), the border on the far side counted as tmux does. */
function overlaps(from: PaneGeometry, one: PaneGeometry, side: Side): boolean {
  const across = side === "up" || side === "down";
  const [low, size] = across ? [from.left, from.width] : [from.top, from.height];
  const [start, length] = across ? [one.left, one.width] : [one.top, one.height];
  const high = low + size;
  const end = start + length - 1;
  return (start < low && end > high) || (start >= low && start <= high) || (end >= low && end <= high);
}
