// What a pattern is made of, before it becomes a program: the tree that pattern-parser.ts makes of its text and
// pattern-program.ts compiles.

/** Whether one character (a code point) fits. */
export type CharacterTest = (codePoint: number) => boolean;

/** A place between two characters. */
export type Place = "start" | "end" | "word-edge" | "no-word-edge";

export type PatternNode =
  | { readonly kind: "character"; readonly fits: CharacterTest }
  | { readonly kind: "place"; readonly place: Place }
  | { readonly kind: "sequence"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly parts: readonly PatternNode[] }
  | {
      readonly kind: "repeat";
      readonly part: PatternNode;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    };
