// Styles: `fg=red,bold`, `bg=#112233 align=centre`. Kept as the text they are; here they are only checked.
// Used by check-value.ts and by select-pane -P.

import { parseColour } from "../formats/colour.ts";

const WORDS = new Set("default ignore noignore push-default pop-default nolist norange noalign none".split(" "));

const ATTRIBUTES =
  "acs bright bold dim underscore blink reverse hidden italics strikethrough double-underscore " +
  "curly-underscore dotted-underscore dashed-underscore overline";

const ATTRIBUTE = new RegExp(
  `^(?:no)?(?:${ATTRIBUTES.split(" ").join("|")})(?:\\|(?:${ATTRIBUTES.split(" ").join("|")}))*$`,
  "i",
);

const SETTINGS: Readonly<Record<string, RegExp>> = {
  align: /^(?:left|centre|right|absolute-centre)$/i,
  list: /^(?:on|focus|left-marker|right-marker)$/i,
  // Session, pane and user ranges are of 3.4.
  range: /^(?:left|right|window\|\d+|session\|\$\d+|pane\|%\d+|user\|.{1,15})$/i,
};

/** True for a style that tmux takes; the empty text is one. */
export function isStyle(text: string): boolean {
  return text.split(/[ ,]/).every((part) => part === "" || isPart(part));
}

function isPart(part: string): boolean {
  if (WORDS.has(part.toLowerCase()) || ATTRIBUTE.test(part)) return true;
  const equals = part.indexOf("=");
  if (equals < 0) return false;
  const [name, value] = [part.slice(0, equals).toLowerCase(), part.slice(equals + 1)];
  // `us` is of 3.4.
  if (["fg", "bg", "us", "fill"].includes(name)) return parseColour(value) !== undefined;
  return SETTINGS[name]?.test(value) ?? false;
}
