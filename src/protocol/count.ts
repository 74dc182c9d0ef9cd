// What a number in a message mostly is: a whole one that is not negative.

import * as v from "valibot";

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
