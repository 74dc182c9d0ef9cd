// What a program may ask its terminal, as the screen model heard it. The model itself never answers: while
// somebody is attached their terminal does, and while nobody is, the session hands the query to
// query-answers.ts. A query carries numbers and constants only, never text that a program chose, so that no
// answer can put a program's words into its own input (faults S7).

/** DECRPM: 0 not recognised, 1 set, 2 reset, 3 permanently set, 4 permanently reset. */
export type ModeValue = 0 | 1 | 2 | 3 | 4;

/** What DECRQSS can ask for; `unknown` is anything else, and its answer is the bare `DCS 0 $ r ST`. */
export type StatusSetting = "sgr" | "decstbm" | "decscusr" | "decslrm" | "decsca" | "decscl" | "unknown";

export type Query =
  | { readonly kind: "da1" | "da2" | "da3" | "xtversion" | "dsr5" }
  /** `row` and `col` count from 1 as in the reply, relative to the region's top in origin mode. */
  | { readonly kind: "cpr" | "decxcpr"; readonly row: number; readonly col: number }
  | { readonly kind: "decrqm"; readonly private: boolean; readonly mode: number; readonly value: ModeValue }
  /** `parameters` is made of digits, `;` and `:` only: what stands before the setting's final bytes in the reply. */
  | { readonly kind: "decrqss"; readonly setting: StatusSetting; readonly parameters: string }
  | { readonly kind: "kitty-flags"; readonly flags: number }
  | { readonly kind: "modify-other-keys"; readonly value: 0 | 1 | 2 }
  /** `rgb` (0xrrggbb) is what the program set itself, undefined when it set nothing. */
  | { readonly kind: "osc-colour"; readonly target: 10 | 11 | 12 | 17 | 19; readonly rgb: number | undefined }
  | { readonly kind: "osc-palette"; readonly index: number; readonly rgb: number | undefined }
  /** Sizes in cells; pixels are the session's to know. */
  | { readonly kind: "window-size"; readonly report: 14 | 16 | 18 | 19; readonly rows: number; readonly cols: number }
  /** CSI ? 996 n: light or dark; `background` is OSC 11's colour if the program set one. */
  | { readonly kind: "theme"; readonly background: number | undefined }
  /** DCS + q: terminfo; answered as unknown, so it carries nothing. */
  | { readonly kind: "xtgettcap" };

/** Called while the bytes of the query are being fed; it must not feed the model itself. */
export type QueryHandler = (query: Query) => void;
