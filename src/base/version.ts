// The version of this build, told in every hello. A test holds it equal to package.json (which is not
// imported, because it would be read from disk at each start in a checkout).

export const VERSION = "0.1.0";
