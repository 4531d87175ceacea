/**
 * What a proposal would do by itself once it is decided. Here stands which matter each effect
 * belongs to, and which effect changes members or charter. Mirrors collective/effects.py.
 */

/** @typedef {Record<string, any> & {do: string}} Effect */

const ORDINARY = ["agreement", "money", "neighbours"];

/** Effects that belong to certain matters; the others go with any. */
const MATTER_OF = /** @type {Record<string, string[]>} */ ({
  invite: ["membership"],
  release: ["membership"],
  charter: ["charter"],
  adopt: ORDINARY,
  end: ORDINARY,
  erase: [...ORDINARY, "membership", "charter"],
});

/**
 * Tell whether an effect goes with a matter (C41).
 * @param {Effect} effect
 * @param {string} matter
 */
export function goesWith(effect, matter) {
  return MATTER_OF[effect.do]?.includes(matter) ?? true;
}

/**
 * Return the effects that change members or charter; a version has one at most.
 * @param {Effect[]} effects
 * @returns {Effect[]}
 */
export function changesIn(effects) {
  return effects.filter((effect) => ["invite", "release", "charter"].includes(effect.do));
}
