// The keyboard state that a program asked for, as far as it changes the bytes of a key or a paste. The screen
// model reports it (screen.keyboardMode), keys.ts encodes by it.

export interface KeyboardMode {
  /** DECCKM: arrows as SS3. */
  readonly applicationCursor: boolean;
  /** DECKPAM. */
  readonly applicationKeypad: boolean;
  /** DEC mode 2004. */
  readonly bracketedPaste: boolean;
  /** The kitty keyboard protocol's progressive flags of the active screen, 0 to 31. */
  readonly kittyFlags: number;
  /** xterm's modifyOtherKeys (CSI > 4 ; n m). */
  readonly modifyOtherKeys: 0 | 1 | 2;
  /** LNM (ANSI mode 20): Enter is CR LF. */
  readonly lineFeedMode: boolean;
}
