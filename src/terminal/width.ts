// Display cells of text, for tables, lists and the status row. Takes text that `visible` has cleaned: a
// control character counts as nothing and an escape sequence as its letters.
// Our own rules and not Bun.stringWidth, because the client library also runs on Node and must align the
// same there, and not Intl.Segmenter, which takes 32 ms to load on Node 20 (measured).

/** East Asian Wide and Fullwidth (UAX #11) as pairs of first and last, without the emoji that a property finds. */
const WIDE = [
  0x1100, 0x115f, 0x2329, 0x232a, 0x2630, 0x2637, 0x268a, 0x268f, 0x2e80, 0x303e, 0x3041, 0x3247, 0x3250, 0x4dff,
  0x4e00, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19, 0xfe30, 0xfe6f, 0xff01, 0xff60,
  0xffe0, 0xffe6, 0x16fe0, 0x16ff6, 0x17000, 0x18df2, 0x1aff0, 0x1affe, 0x1b000, 0x1b2fb, 0x1d300, 0x1d376, 0x1f200,
  0x1f265, 0x20000, 0x2fffd, 0x30000, 0x3fffd,
] as const;

const ZERO_WIDTH_JOINER = "\u200d";
const EMOJI_SELECTOR = "\ufe0f";

const EMOJI = /^\p{Emoji}$/u;
const EMOJI_PRESENTATION = /^\p{Emoji_Presentation}$/u;
const PICTOGRAPHIC = /^\p{Extended_Pictographic}$/u;
const REGIONAL_INDICATOR = /^\p{Regional_Indicator}$/u;
const MODIFIER = /^\p{Emoji_Modifier}$/u;
const PLAIN_ASCII = /^[\x20-\x7e]*$/;

/** Marks, selectors, joiners, and the vowels and finals of Hangul that are drawn into their syllable. */
const INVISIBLE = /^[\p{M}\p{Default_Ignorable_Code_Point}\u1160-\u11ff\ud7b0-\ud7ff]$/u;

/** Ignorable by their property, but drawn by terminals: soft hyphen and three fillers of Hangul. */
const DRAWN = /^[\xad\u115f\u3164\uffa0]$/;

/** Cells that the text takes on one row of a terminal. */
export function textWidth(text: string): number {
  if (PLAIN_ASCII.test(text)) return text.length;
  let width = 0;
  for (const cluster of clusters(text)) width += cluster.width;
  return width;
}

/**
 * The text if it fits in `cells`, else as many whole user-perceived characters as fit before `ellipsis`.
 * Never wider than `cells`, and one narrower when a wide character does not fit in the last cell.
 */
export function truncateToWidth(text: string, cells: number, ellipsis = "…"): string {
  if (textWidth(text) <= cells) return text;
  const room = cells - textWidth(ellipsis);
  if (room < 0) return cells > 0 ? truncateToWidth(ellipsis, cells, "") : "";
  let taken = "";
  let width = 0;
  for (const cluster of clusters(text)) {
    width += cluster.width;
    if (width > room) break;
    taken += cluster.text;
  }
  return taken + ellipsis;
}

interface Cluster {
  text: string;
  width: number;
}

/** User-perceived characters, by as much of UAX #29 as decides where text may be cut and how wide it is. */
function* clusters(text: string): Generator<Cluster> {
  let cluster: Cluster = { text: "", width: 0 };
  let base = "";
  let halfFlag = false;
  for (const character of text) {
    const drawnOn = base !== "" && isInvisible(character);
    const coloured = MODIFIER.test(character) && PICTOGRAPHIC.test(base);
    const joined = cluster.text.endsWith(ZERO_WIDTH_JOINER) && PICTOGRAPHIC.test(base) && PICTOGRAPHIC.test(character);
    const flag = REGIONAL_INDICATOR.test(character);
    if (drawnOn || coloured || joined || (flag && halfFlag)) {
      cluster.text += character;
      const pair = flag || coloured || (character === EMOJI_SELECTOR && EMOJI.test(base));
      cluster.width = pair ? 2 : Math.max(cluster.width, joined ? widthOf(character) : 0);
      halfFlag &&= !flag;
      continue;
    }
    if (base !== "") yield cluster;
    cluster = { text: character, width: widthOf(character) };
    base = character;
    halfFlag = flag;
  }
  if (base !== "") yield cluster;
}

/** Cells of a character that stands alone. */
function widthOf(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x300) return codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0) ? 0 : 1;
  if (isInvisible(character)) return 0;
  if (isWide(codePoint)) return 2;
  return EMOJI_PRESENTATION.test(character) && !REGIONAL_INDICATOR.test(character) ? 2 : 1;
}

function isInvisible(character: string): boolean {
  return character >= "\xad" && INVISIBLE.test(character) && !DRAWN.test(character);
}

function isWide(codePoint: number): boolean {
  for (let pair = 0; pair < WIDE.length; pair += 2) {
    if (codePoint < (WIDE[pair] as number)) return false;
    if (codePoint <= (WIDE[pair + 1] as number)) return true;
  }
  return false;
}
