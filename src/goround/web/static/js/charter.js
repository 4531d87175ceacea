/**
 * Proposing to change how we decide: the form leaves out what stays as it is, and where nothing is
 * different, it says so instead of proposing nothing. Where one rule is different, the proposal is
 * called after it, as long as nobody wrote another title.
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

/** @param {HTMLFormElement} form */
function titlesOfWhatChanges(form) {
  const chosen = [...form.querySelectorAll("[data-was]")].filter(
    (control) => control.type !== "radio" || control.checked,
  );
  const changed = chosen.filter((control) => control.value !== control.dataset.was);
  return changed.map((control) => control.closest("[data-title]")?.dataset.title ?? "");
}

addEventListener("input", ({ target }) => {
  const form = target instanceof Element ? target.closest("form[data-does=charter]") : null;
  const title = form?.elements.namedItem("words.title");
  if (!form || !title || !target.dataset.was) return;
  const given = title.dataset.given ?? title.defaultValue;
  if (title.value !== given) return;
  const changes = titlesOfWhatChanges(form);
  title.value = changes.length === 1 ? changes[0] : title.defaultValue;
  title.dataset.given = title.value;
});

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
