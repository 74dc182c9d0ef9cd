// Replaces the JSON file argv[2] again and again by {"round":n,"filler":...}; says `started` after the first.
import { writeJson } from "../../src/store/atomic-json.ts";

for (let round = 0; ; round += 1) {
  writeJson(process.argv[2] ?? "", { round, filler: String(round % 10).repeat(50_000) }, { durable: false });
  if (round === 0) console.log("started");
}
