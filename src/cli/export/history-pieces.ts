// The whole scrollback and screen of a session as a file: a web page, a picture, text. The same for live, ended and
// archived sessions. Called by `bide export`.

import type { Selector } from "../../protocol/host-messages.ts";
import type { CommandContext } from "../command.ts";
import { historyPicture } from "../screen/history-picture.ts";
import { drawPicture } from "../screen/picture-output.ts";
import { openScreen, type ShownScreen } from "../screen/shown-screen.ts";
import type { ExportPieces } from "./formats.ts";

export const htmlPieces: ExportPieces = pieces((screen, { env }) => drawn("html", screen, env));
export const svgPieces: ExportPieces = pieces((screen, { env }) => drawn("svg", screen, env));
export const textPieces: ExportPieces = pieces((screen) => screen.history("text", undefined));

async function drawn(format: "html" | "svg", screen: ShownScreen, env: CommandContext["env"]): Promise<Uint8Array> {
  return drawPicture(format, await historyPicture(format, screen, undefined), env);
}

function pieces(make: (screen: ShownScreen, context: CommandContext) => Promise<Uint8Array>): ExportPieces {
  return async function* (context: CommandContext, selector: Selector) {
    const screen = await openScreen(await context.connect(), selector);
    try {
      yield await make(screen, context);
    } finally {
      screen.close();
    }
  };
}
