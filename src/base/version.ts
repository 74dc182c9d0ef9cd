// The version of this build, told in every hello. A test holds it equal to package.json (which is not
// imported, because it would be read from disk at each start in a checkout). scripts/build.ts can put another
// one in its place, so that an upgrade can be tested with two builds of one checkout.

declare const BIDE_BUILD_VERSION: string | undefined;

export const VERSION = typeof BIDE_BUILD_VERSION === "string" ? BIDE_BUILD_VERSION : "0.1.0";
