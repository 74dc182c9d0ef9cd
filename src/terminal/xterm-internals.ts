// The one file that knows the insides of the pinned @xterm/headless: which members exist, how they are typed,
// and a check at construction that says which one is missing when somebody changes the version. screen.ts
// opens the engine here; everything else in this folder works on these narrow interfaces. The public API is
// not enough: it has no region, tab stops, saved cursors, charsets, links, and its write() costs 1 ms a call.

import { UnicodeGraphemesAddon } from "@xterm/addon-unicode-graphemes";
import { Terminal } from "@xterm/headless";

export interface ExtendedAttributes {
  /** Underline colour in the low 26 bits, underline style in bits 26 to 28. */
  _ext: number;
  _urlId: number;
  clone(): ExtendedAttributes;
}

export interface Attributes {
  fg: number;
  bg: number;
  extended: ExtendedAttributes;
  updateExtended(): void;
}

/** What the engine blanks cells with; only handed back to it. */
export type NullCell = object;

/** Three numbers per cell: content, foreground with flags, background with flags (cell.ts names the bits). */
export interface Line {
  length: number;
  _isWrapped: boolean;
  _data: Uint32Array;
  _combined: Record<number, string>;
  _extendedAttrs: Record<number, ExtendedAttributes | undefined>;
  _cacheValid: boolean;
  addCodepointToCell(index: number, codePoint: number, width: number): void;
  insertCells(at: number, count: number, fill: NullCell): void;
  resize(cols: number, fill: NullCell): boolean;
  copyCellsFrom(source: Line, from: number, to: number, count: number, fromTheEnd: boolean): void;
  replaceCells(from: number, to: number, fill: NullCell): void;
}

export interface Lines {
  length: number;
  maxLength: number;
  readonly isFull: boolean;
  get(index: number): Line | undefined;
  trimStart(count: number): void;
}

/** A row that is followed through scrolling and resizing; its line is -1 once the row is gone or erased. */
export interface Marker {
  readonly line: number;
  readonly isDisposed: boolean;
  dispose(): void;
}

/** A table of characters that replace ASCII; compared by identity. */
export type Charset = object | undefined;

export interface ScreenBuffer {
  readonly lines: Lines;
  ybase: number;
  x: number;
  y: number;
  scrollTop: number;
  scrollBottom: number;
  tabs: Record<number, boolean | undefined>;
  savedX: number;
  savedY: number;
  savedCurAttrData: { fg: number; bg: number };
  savedCharsets: Charset[];
  savedGlevel: number;
  savedOriginMode: boolean;
  savedWraparoundMode: boolean;
  getNullCell(attributes?: Attributes): NullCell;
  nextStop(): number;
  prevStop(): number;
  /** The standard ones. */
  setupTabStops(): void;
  addMarker(line: number): Marker;
}

/** The numbers of a control sequence; sub-parameters (after a colon) are kept beside their parameter. */
export interface Params {
  readonly length: number;
  readonly params: Int32Array;
  getSubParams(index: number): Int32Array | null;
}

export interface StringHandler {
  start(): void;
  put(data: Uint32Array, start: number, end: number): void;
  end(success: boolean): boolean;
}

export interface DcsHandler {
  hook(params: Params): void;
  put(data: Uint32Array, start: number, end: number): void;
  unhook(success: boolean): boolean;
}

interface SequenceId {
  prefix?: string;
  intermediates?: string;
  final: string;
}

export interface Parser {
  readonly initialState: number;
  readonly currentState: number;
  /** Properties of the grapheme printed last, 0 after anything but a print. */
  precedingJoinState: number;
  setPrintHandler(handler: (data: Uint32Array, start: number, end: number) => void): void;
  setExecuteHandler(control: string, handler: () => boolean): void;
  /** Handlers registered later are asked first; true ends the search. */
  registerCsiHandler(id: SequenceId, handler: (params: Params) => boolean): void;
  registerEscHandler(id: SequenceId, handler: () => boolean): void;
  clearOscHandler(ident: number): void;
  registerOscHandler(ident: number, handler: StringHandler): void;
  clearDcsHandler(id: SequenceId): void;
  registerDcsHandler(id: SequenceId, handler: DcsHandler): void;
}

/** A list of mode numbers as the engine's own mode handlers take it. */
type ModeList = Pick<Params, "length" | "params">;

export interface InputHandler {
  readonly _parser: Parser;
  readonly _utf8Decoder: { readonly interim: Uint8Array };
  /** Where a chunk is decoded to; it grows to the largest chunk and stays so. */
  _parseBuffer: Uint32Array;
  _curAttrData: Attributes;
  _activeBuffer: ScreenBuffer;
  print(data: Uint32Array, start: number, end: number): void;
  lineFeed(): boolean;
  carriageReturn(): boolean;
  backspace(): boolean;
  tab(): boolean;
  tabSet(): boolean;
  index(): boolean;
  nextLine(): boolean;
  eraseInDisplay(params: Params, respectProtect?: boolean): boolean;
  eraseInLine(params: Params, respectProtect?: boolean): boolean;
  scrollUp(params: Params, unused?: boolean): boolean;
  scrollDown(params: Params, unused?: boolean): boolean;
  scrollLeft(params: Params, unused?: boolean): boolean;
  scrollRight(params: Params, unused?: boolean): boolean;
  insertColumns(params: Params, unused?: boolean): boolean;
  deleteColumns(params: Params, unused?: boolean): boolean;
  /** Keeps the cursor on the screen, or within the region; `most`: the last column it may be in. */
  _restrictCursor(most?: number): void;
  /** From the top left of what the program counts from. */
  _setCursor(x: number, y: number): void;
  saveCursor(params?: Params): boolean;
  restoreCursor(params?: Params): boolean;
  softReset(params: Params): boolean;
  charAttributes(params: Params): boolean;
  selectCharset(collectAndFlag: string): boolean;
  setModePrivate(modes: ModeList, unused?: boolean): boolean;
  resetModePrivate(modes: ModeList, unused?: boolean): boolean;
  _eraseAttrData(): Attributes;
}

export interface Engine {
  readonly cols: number;
  readonly rows: number;
  readonly options: { convertEol: boolean; scrollback: number };
  readonly _inputHandler: InputHandler;
  readonly _bufferService: {
    readonly buffers: {
      readonly normal: ScreenBuffer;
      readonly alt: ScreenBuffer;
      readonly active: ScreenBuffer;
      activateNormalBuffer(): void;
      activateAltBuffer(fill?: unknown): void;
    };
    scroll(fill: Attributes, isWrapped?: boolean): void;
  };
  readonly coreService: {
    isCursorHidden: boolean;
    readonly modes: { insertMode: boolean };
    readonly decPrivateModes: {
      applicationCursorKeys: boolean;
      applicationKeypad: boolean;
      bracketedPasteMode: boolean;
      colorSchemeUpdates: boolean;
      cursorBlink: boolean | undefined;
      cursorStyle: "block" | "underline" | "bar" | undefined;
      origin: boolean;
      reverseWraparound: boolean;
      sendFocus: boolean;
      synchronizedOutput: boolean;
      wraparound: boolean;
    };
  };
  readonly mouseStateService: { readonly activeProtocol: string; readonly activeEncoding: string };
  readonly unicodeService: { charProperties(codePoint: number, preceding: number): number };
  readonly _charsetService: {
    readonly charset: Charset;
    readonly glevel: number;
    readonly charsets: Charset[];
    reset(): void;
  };
  readonly _oscLinkService: {
    addLineToLink(id: number, row: number): void;
  };
  writeSync(data: Uint8Array): void;
  resize(cols: number, rows: number): void;
  dispose(): void;
}

/** Paths that must exist; the first number of a path that ends in `()` must be a function. */
const NEEDED = [
  "writeSync()",
  "resize()",
  "dispose()",
  "options.scrollback",
  "_inputHandler._curAttrData.extended._ext",
  "_inputHandler._curAttrData.extended._urlId",
  "_inputHandler._activeBuffer.lines.get()",
  "_inputHandler.print()",
  "_inputHandler.lineFeed()",
  "_inputHandler.carriageReturn()",
  "_inputHandler.backspace()",
  "_inputHandler.tab()",
  "_inputHandler.tabSet()",
  "_inputHandler.index()",
  "_inputHandler.nextLine()",
  "_inputHandler.eraseInDisplay()",
  "_inputHandler.eraseInLine()",
  "_inputHandler.scrollUp()",
  "_inputHandler.scrollDown()",
  "_inputHandler.scrollLeft()",
  "_inputHandler.scrollRight()",
  "_inputHandler.insertColumns()",
  "_inputHandler.deleteColumns()",
  "_inputHandler._restrictCursor()",
  "_inputHandler._setCursor()",
  "_inputHandler.saveCursor()",
  "_inputHandler.restoreCursor()",
  "_inputHandler.softReset()",
  "_inputHandler.charAttributes()",
  "_inputHandler.selectCharset()",
  "_inputHandler.setModePrivate()",
  "_inputHandler.resetModePrivate()",
  "_inputHandler._eraseAttrData()",
  "_inputHandler._utf8Decoder.interim",
  "_inputHandler._parseBuffer.length",
  "_inputHandler._parser.currentState",
  "_inputHandler._parser.precedingJoinState",
  "_inputHandler._parser.setPrintHandler()",
  "_inputHandler._parser.setExecuteHandler()",
  "_inputHandler._parser.registerCsiHandler()",
  "_inputHandler._parser.clearOscHandler()",
  "_inputHandler._parser.clearDcsHandler()",
  "_bufferService.scroll()",
  "_bufferService.buffers.normal.lines.trimStart()",
  "_bufferService.buffers.normal.savedCurAttrData.fg",
  "_bufferService.buffers.alt.tabs",
  "_bufferService.buffers.normal.addMarker()",
  "_bufferService.buffers.normal.nextStop()",
  "_bufferService.buffers.normal.prevStop()",
  "_bufferService.buffers.normal.setupTabStops()",
  "_bufferService.buffers.activateNormalBuffer()",
  "_bufferService.buffers.activateAltBuffer()",
  "coreService.decPrivateModes.wraparound",
  "coreService.isCursorHidden",
  "coreService.modes.insertMode",
  "mouseStateService.activeProtocol",
  "mouseStateService.activeEncoding",
  "unicodeService.charProperties()",
  "_charsetService.charsets",
  "_charsetService.glevel",
  "_oscLinkService.addLineToLink()",
];

/** All engines of a process are of one version: the first was looked at. */
let isChecked = false;

/** A new engine, checked; throws an Error that names the missing member when the version is not the pinned one. */
export function openEngine(size: { rows: number; cols: number; scrollback: number }): Engine {
  const terminal = new Terminal({ ...size, allowProposedApi: true, logLevel: "off" });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  const core = (terminal as unknown as { _core: unknown })._core;
  if (isChecked) return core as Engine;
  for (const path of NEEDED) requireMember(core, path);
  const line = (core as Engine)._bufferService.buffers.normal.lines.get(0);
  for (const path of [
    "_data",
    "_combined",
    "_extendedAttrs",
    "_isWrapped",
    "addCodepointToCell()",
    "insertCells()",
    "copyCellsFrom()",
    "replaceCells()",
    "resize()",
  ]) {
    requireMember(line, path);
  }
  isChecked = true;
  return core as Engine;
}

function requireMember(root: unknown, path: string): void {
  const callable = path.endsWith("()");
  const names = (callable ? path.slice(0, -2) : path).split(".");
  let at = root;
  for (const name of names) at = (at as Record<string, unknown> | null | undefined)?.[name];
  if (at === undefined || (callable && typeof at !== "function")) {
    throw new Error(`@xterm/headless is not the version bide was written for: expected its member ${path}`);
  }
}
