/**
 * Words that are gone: erased by whoever wrote them, or by a decision. What was done stays, so
 * members and decisions are the same for everybody. Mirrors collective/erasure.py.
 */

import { standing } from "./decisions.js";
import { away, staying } from "./members.js";

/** @typedef {import("./record.js").View} View */

/**
 * Return the events whose words are erased, by their author or by a decision (C69).
 * @param {View} view
 * @returns {Set<string>}
 */
export function erased(view) {
  const own = view.allSaid("erase").map(({ fact }) => fact.event);
  const decided = view.record.allVersions
    .filter(({ fact }) => erasedBy(fact).length > 0)
    .filter(({ id }) => isCarriedOut(view, id));
  return new Set([...own, ...decided.flatMap(({ fact }) => erasedBy(fact))]);
}

/** @param {import("./entry.js").Fact} fact @returns {string[]} */
function erasedBy({ effects }) {
  const erasing = effects.filter((/** @type {any} */ effect) => effect.do === "erase");
  return erasing.map((/** @type {any} */ { event }) => event);
}

/** Tell whether an erasing is decided, and everybody who is here has heard of that (C68): words
 * cannot be brought back, so nobody's are erased by a decision that might open again.
 * @param {View} view @param {string} version */
function isCarriedOut(view, version) {
  const done = standing(view, version).map(({ event }) => event);
  const gone = away(view);
  const here = [...staying(view)].filter((person) => !gone.has(person));
  return done.length > 0 && here.every((person) => hasHeard(view, person, done));
}

/** @param {View} view @param {string} person @param {string[]} done */
function hasHeard({ record, past }, person, done) {
  return record.byPerson.about(person).some(({ id }) => {
    if (!past.has(id)) return false;
    const known = record.pasts.past(id);
    return done.some((event) => known.has(event));
  });
}
