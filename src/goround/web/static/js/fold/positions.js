/**
 * What people answer: one position per member on one version. Of one person's positions the
 * causally later counts; of concurrent ones the more cautious. Inviting somebody includes agreeing
 * to it, and a newcomer agrees to the open invitations that they were shown. Mirrors
 * collective/positions.py.
 */

import { afterRetirement, notGiven } from "./devices.js";
import { inOrder } from "./entry.js";
import { staying } from "./members.js";
import { findVersion, proposalOf, versions } from "./proposals.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").Given} Given */
/** @typedef {import("./record.js").View} View */

/** The more cautious first (C48). */
const CAUTION = ["block", "time", "aside", "reservations", "leave-it", "agree"];
/** Stances of somebody who stands behind a version, as far as the rule lets them (C50). */
export const SUPPORT = new Set(["agree", "reservations", "leave-it", "aside"]);
/** Stances of somebody who agrees: without any, nothing is decided (C50). */
export const FOR = new Set(["agree", "reservations"]);
const NEED_WORDS = new Set(["block", "aside"]);

// --- State -----------------------------------------------------------------------------------

/**
 * Tell whether a word counts here: not from a forked or retired device (C48).
 * @param {View} view
 * @param {Given} given
 */
function isGiven(view, { entry }) {
  return view.counts(entry) && !notGiven(view, entry) && !afterRetirement(view, entry);
}

/**
 * Return the position of each member who gave one and has not signed their leaving (C33).
 * @param {View} view
 * @param {string} version
 * @returns {Map<string, Given>}
 */
export function answers(view, version) {
  const found = new Map();
  for (const person of staying(view)) {
    const answer = answerOf(view, version, person);
    if (answer) found.set(person, answer);
  }
  return found;
}

/**
 * Return the position of one person, member or not, if they gave one (C48).
 * @param {View} view
 * @param {string} version
 * @param {string} person
 * @returns {Given | null}
 */
export function answerOf(view, version, person) {
  const given = view.record.given.about(version);
  const words = given.filter((word) => word.person === person && isGiven(view, word));
  return words.length > 0 ? latest(view, words) : null;
}

/** @param {View} view @param {Given[]} words @returns {Given} */
function latest(view, words) {
  const last = new Set(view.record.latest(words.map(({ entry }) => entry)));
  return words.filter(({ entry }) => last.has(entry)).sort(byCaution)[0];
}

/** @param {Given} one @param {Given} other */
function byCaution(one, other) {
  const bolder = CAUTION.indexOf(one.stance) - CAUTION.indexOf(other.stance);
  return bolder || inOrder(one.entry, other.entry);
}

// --- Rules -----------------------------------------------------------------------------------

/**
 * Tell why a position cannot be taken; decisions.js asks whether it is too late (C49).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotPosition(view, entry) {
  const { fact, words } = entry;
  const version = findVersion(view, fact.version);
  if (!version) return "not-a-version";
  if (NEED_WORDS.has(fact.stance) && !words) return "needs-words";
  const hasAsked = fact.stance === "time" && askers(view, version).has(view.person(entry));
  return hasAsked ? "time-taken" : null;
}

/**
 * Return who asked for more time, on any version of the proposal.
 * @param {View} view
 * @param {Entry} version
 * @returns {Set<string>}
 */
export function askers(view, version) {
  const known = versions(view, proposalOf(version));
  const said = known.flatMap(({ id }) => view.said("position", id));
  return view.people(said.filter(({ fact }) => fact.stance === "time"));
}
