// Hears what a program asks its terminal and hands it on as a Query; the engine's own answers never happen,
// because every request is taken before the engine sees it. screen.ts installs it.

import { PLAIN, PROTECTED, penStyle } from "./cell.ts";
import { cursorShapeNumber } from "./cursor-shape.ts";
import type { Margins } from "./margins.ts";
import type { ModeValue, Query, StatusSetting } from "./query.ts";
import { sgrParameters } from "./sgr.ts";
import { onDcs } from "./string-sequences.ts";
import type { TrackedState } from "./tracked-state.ts";
import type { Engine, Params } from "./xterm-internals.ts";

const SETTINGS: Record<string, StatusSetting> = {
  m: "sgr",
  r: "decstbm",
  " q": "decscusr",
  s: "decslrm",
  '"q': "decsca",
  '"p': "decscl",
};

export function listenQueries(
  engine: Engine,
  state: TrackedState,
  margins: Margins,
  ask: (query: Query) => void,
): void {
  const parser = engine._inputHandler._parser;
  const on = (prefix: string, intermediates: string, final: string, hear: (params: Params) => void) =>
    parser.registerCsiHandler(
      { ...(prefix && { prefix }), ...(intermediates && { intermediates }), final },
      (params) => {
        hear(params);
        return true;
      },
    );
  const constant = (kind: "da1" | "da2" | "da3" | "xtversion") => (params: Params) => {
    if ((params.params[0] ?? 0) === 0) ask({ kind });
  };
  on("", "", "c", constant("da1"));
  on(">", "", "c", constant("da2"));
  on("=", "", "c", constant("da3"));
  on(">", "", "q", constant("xtversion"));
  on("", "", "n", (params) => {
    if (params.params[0] === 5) ask({ kind: "dsr5" });
    else if (params.params[0] === 6) ask({ kind: "cpr", ...cursor(engine, margins) });
  });
  on("?", "", "n", (params) => {
    if (params.params[0] === 6) ask({ kind: "decxcpr", ...cursor(engine, margins) });
    else if (params.params[0] === 996) ask({ kind: "theme", background: state.colours.specialRgb(11) });
  });
  on("", "$", "p", (params) => {
    const mode = params.params[0] ?? 0;
    ask({ kind: "decrqm", private: false, mode, value: ansiValue(state, mode) });
  });
  on("?", "$", "p", (params) => {
    const mode = params.params[0] ?? 0;
    ask({ kind: "decrqm", private: true, mode, value: privateValue(state, margins, mode) });
  });
  on("?", "", "u", () => ask({ kind: "kitty-flags", flags: state.keyboard.current.flags }));
  on("?", "", "m", (params) => {
    if (params.params[0] === 4) ask({ kind: "modify-other-keys", value: state.keyboard.modifyOtherKeys });
  });
  parser.registerCsiHandler({ final: "t" }, (params) => {
    const report = params.params[0];
    if (report !== 14 && report !== 16 && report !== 18 && report !== 19) return false;
    ask({ kind: "window-size", report, rows: engine.rows, cols: engine.cols });
    return true;
  });
  onDcs(parser, "$", "q", (payload) => {
    const setting = Object.hasOwn(SETTINGS, payload) ? (SETTINGS[payload] as StatusSetting) : "unknown";
    ask({ kind: "decrqss", setting, parameters: settingParameters(engine, margins, setting) });
  });
  onDcs(parser, "+", "q", () => ask({ kind: "xtgettcap" }));
}

function cursor(engine: Engine, margins: Margins): { row: number; col: number } {
  const { y, scrollTop } = engine._inputHandler._activeBuffer;
  const top = engine.coreService.decPrivateModes.origin ? scrollTop : 0;
  return { row: y - top + 1, col: margins.cursorColumn - margins.origin + 1 };
}

function ansiValue(state: TrackedState, mode: number): ModeValue {
  if (mode === 2) return 4;
  if (mode === 12) return 3;
  const value = state.modes.ansi(mode);
  return value === undefined ? 0 : value ? 1 : 2;
}

function privateValue(state: TrackedState, margins: Margins, mode: number): ModeValue {
  const value = mode === 69 ? margins.enabled : state.modes.private(mode);
  return value === undefined ? 0 : value ? 1 : 2;
}

function settingParameters(engine: Engine, margins: Margins, setting: StatusSetting): string {
  const input = engine._inputHandler;
  switch (setting) {
    case "sgr":
      return ["0", ...sgrParameters(PLAIN, penStyle(input._curAttrData))].join(";");
    case "decstbm":
      return `${input._activeBuffer.scrollTop + 1};${input._activeBuffer.scrollBottom + 1}`;
    case "decscusr":
      return String(cursorShapeNumber(engine) || 1);
    case "decslrm":
      return `${margins.left + 1};${margins.right + 1}`;
    case "decsca":
      return input._curAttrData.bg & PROTECTED ? "1" : "0";
    case "decscl":
      return "62;1";
    case "unknown":
      return "";
  }
}
