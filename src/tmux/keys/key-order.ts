// The order in which list-keys prints keys: that of tmux's codes. Control characters, characters, named keys, and the
// same again for each set of modifiers. Used by key-tables.ts.

const PLACES = ["Pane", "Status", "StatusLeft", "StatusRight", "StatusDefault", "Border"];

const MOUSE_EVENTS = [
  "MouseMove",
  ...["MouseDown", "MouseUp", "MouseDrag", "MouseDragEnd"].flatMap((event) => numbered(event)),
  "WheelUp",
  "WheelDown",
  ...["SecondClick", "DoubleClick", "TripleClick"].flatMap((event) => numbered(event)),
];

function numbered(event: string): string[] {
  return [1, 2, 3, 6, 7, 8, 9, 10, 11].map((button) => `${event}${button}`);
}

const NAMED = [
  "Any",
  ...MOUSE_EVENTS.flatMap((event) => PLACES.map((place) => event + place)),
  "BSpace",
  ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
  ..."IC DC Home End NPage PPage BTab Up Down Left Right".split(" "),
  ..."KP/ KP* KP- KP7 KP8 KP9 KP+ KP4 KP5 KP6 KP1 KP2 KP3 KPEnter KP0 KP.".split(" "),
];

/** Codes of the keys that are control characters under a name. */
const CONTROLS: Readonly<Record<string, number>> = { "C-Space": 0, Tab: 9, Enter: 13, Escape: 27, Space: 32 };

const NAMED_BASE = 0x110000;
const META = 0x1000000;
const CONTROL = 0x2000000;
const SHIFT = 0x4000000;

/** A number to sort the names by that canonicalKey gives. */
export function keyOrder(name: string): number {
  let order = 0;
  let rest = name;
  for (;;) {
    const code = CONTROLS[rest] ?? controlCode(rest);
    if (code !== undefined) return order + code;
    const found = /^([CMS])-(?=.)/su.exec(rest);
    if (found === null) break;
    order += found[1] === "M" ? META : found[1] === "C" ? CONTROL : SHIFT;
    rest = rest.slice(2);
  }
  if ([...rest].length === 1) return order + (rest.codePointAt(0) ?? 0);
  const at = NAMED.indexOf(rest);
  return order + NAMED_BASE + (at < 0 ? NAMED.length : at);
}

function controlCode(name: string): number | undefined {
  const letter = /^C-([a-z\\\]^_])$/.exec(name)?.[1];
  return letter === undefined ? undefined : letter.toUpperCase().charCodeAt(0) - 64;
}
