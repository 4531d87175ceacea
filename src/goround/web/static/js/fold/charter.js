/**
 * How we decide: the rules a collective gives itself, and the values they may have (C71).
 * Membership and charter are protected: they bear no block and are never closed over somebody's
 * head. Mirrors collective/charter.py, without defaults: a founding act names every rule.
 */

/** @typedef {Record<string, string | number>} Rules */

export const PROTECTED = new Set(["membership", "charter"]);
const RULES_VERSION = 1;
/** The sizes from which a decision may bear one block, and two. */
const BEARS_MORE_FROM = [5, 8];

const ORDINARY = ["everyday", "agreement", "money", "neighbours"];
const PER_MATTER = {
  blocks: numbers(0, 2),
  asides: numbers(0, 12),
  heard: words("present", "everyone"),
  notice: numbers(0, 365),
  window: numbers(0, 365),
  unheard: words("wait", "pass"),
  review: numbers(0, 120),
};

/** Each rule, and whether it may have a value. @type {Map<string, (value: unknown) => boolean>} */
const RULES = new Map([
  ...ORDINARY.flatMap((matter) => rulesOf(matter, PER_MATTER)),
  ...rulesOf("membership", { asides: numbers(0, 12) }),
  ...rulesOf("charter", { asides: numbers(0, 12), review: numbers(0, 120) }),
  ["repair_days", numbers(1, 365)],
  ["more_time_days", numbers(1, 90)],
  ["hearing_days", numbers(0, 90)],
  ["bud_at", numbers(3, 24)],
  ["most_members", numbers(2, 24)],
  ["hide_positions", words("yes", "no")],
]);

/** @param {number} low @param {number} high @returns {(value: unknown) => boolean} */
function numbers(low, high) {
  return (value) => typeof value === "number" && low <= value && value <= high;
}

/** @param {...unknown} known @returns {(value: unknown) => boolean} */
function words(...known) {
  return (value) => known.includes(value);
}

/**
 * @param {string} matter
 * @param {Record<string, (value: unknown) => boolean>} rules
 * @returns {[string, (value: unknown) => boolean][]}
 */
function rulesOf(matter, rules) {
  return Object.entries(rules).map(([name, allows]) => [`${matter}_${name}`, allows]);
}

/**
 * Return how many blocks a matter bears among that many members (C56).
 * @param {Rules} charter
 * @param {string} matter
 * @param {number} members
 */
export function bears(charter, matter, members) {
  if (PROTECTED.has(matter)) return 0;
  const most = BEARS_MORE_FROM.filter((size) => members >= size).length;
  return Math.min(Number(charter[`${matter}_blocks`]), most);
}

/**
 * Return how many stand-asides pass among that many people: one in so many (C56).
 * @param {Rules} charter
 * @param {string} matter
 * @param {number} asked
 */
export function mayStandAside(charter, matter, asked) {
  const share = Number(charter[`${matter}_asides`]);
  return share ? Math.floor(asked / share) : 0;
}

/**
 * Tell why a charter cannot have these values (C71).
 * @param {Rules} rules
 * @returns {string | null}
 */
export function whyNotValues(rules) {
  const given = Object.entries(rules);
  if (given.some(([name]) => !RULES.has(name))) return "unknown-rule";
  return given.every(([name, value]) => RULES.get(name)?.(value)) ? null : "rule-value";
}

/**
 * Tell why an event does not found a collective (C2).
 * @param {import("./entry.js").Entry} entry
 * @returns {string | null}
 */
export function whyNotFound({ seq, fact }) {
  if (fact.rules !== RULES_VERSION) return "newer-rules";
  const named = Object.keys(fact.charter);
  const isWhole = named.length === RULES.size && named.every((name) => RULES.has(name));
  return seq || !isWhole ? "malformed" : whyNotValues(fact.charter);
}
