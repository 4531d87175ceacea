/**
 * Proposing to change how we decide: the form leaves out what stays as it is, and where nothing is
 * different, it says so instead of proposing nothing.
 */

import { GoroundError } from "./errors.js";
import { register } from "./flows.js";
import { _ } from "./sentences.js";

// A rule that cannot be so may stand in a part that is folded up: it is shown, to be mended.
addEventListener(
  "invalid",
  ({ target }) => {
    const folded = target instanceof Element ? target.closest("details") : null;
    if (folded) folded.open = true;
  },
  true,
);

register("charter", async ({ act, words, replica }) => {
  const [effect] = act.effects;
  if (!replica) {
    throw new GoroundError(_("This browser is no device of yours here: it cannot say anything."));
  }
  if (Object.keys(effect.set ?? {}).length === 0) {
    throw new GoroundError(_("Nothing is different yet: set a rule to something else first."));
  }
  return replica.sign(act, words);
});
