/**
 * What worries somebody about a version, until whoever raised it calls it settled; and a block,
 * which others confirm that they can state. Neither moves a decision, but who signed what is
 * judged all the same. Mirrors the rules of collective/concerns.py and collective/repair.py.
 */

import { carriers, proposalOf } from "./proposals.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").View} View */

/**
 * Tell why a concern cannot be called settled (C46).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotSettled(view, entry) {
  const concern = view.find(entry.fact.concern);
  if (concern?.fact.type !== "concern") return "not-a-concern";
  return view.person(concern) === view.person(entry) ? null : "not-own-concern";
}

/**
 * Tell why a block cannot be confirmed (C52).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotConfirm(view, entry) {
  const block = view.find(entry.fact.position);
  if (block?.fact.stance !== "block") return "not-a-block";
  const person = view.person(entry);
  if (view.person(block) === person) return "own-block";
  const version = view.find(block.fact.version);
  const carries = version && carriers(view, proposalOf(version)).has(person);
  return carries ? "carrier-confirms" : null;
}
