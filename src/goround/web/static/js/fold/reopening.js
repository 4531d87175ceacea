/**
 * Looking at a decision again: reviewing it, or reopening it. Neither undoes anything: what was
 * decided stays decided until a new decision changes it. Mirrors collective/reopening.py.
 */

import { decided, isSpent } from "./decisions.js";
import { inOrder } from "./entry.js";
import { changeOf, findVersion, proposalOf, versions, whyNotVersion } from "./proposals.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").View} View */

/**
 * Tell why the next version of a proposal cannot be put forward (C44).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotNextVersion(view, entry) {
  const known = versions(view, entry.fact.proposal);
  return known.some((one) => isSettled(view, one)) ? "decided" : whyNotVersion(view, entry);
}

/** @param {View} view @param {Entry} version */
function isSettled(view, version) {
  if (isSpent(view, version)) return true;
  return decided(view, version.id) && !isReopened(view, version.id);
}

/** @param {View} view @param {string} version */
function isReopened(view, version) {
  const said = view.said("reopen", version);
  return said.some((entry) => view.epoch.members.has(view.person(entry)));
}

/**
 * Tell why a decision cannot be reopened (C64).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotReopen(view, { fact }) {
  const version = findVersion(view, fact.version);
  if (!version) return "not-a-version";
  if (changeOf(version)) return "not-reopenable";
  if (!decided(view, version.id)) return "not-decided";
  const known = versions(view, proposalOf(version));
  const newer = known.filter((other) => inOrder(other, version) > 0);
  return newer.some(({ id }) => decided(view, id)) ? "newer-version" : null;
}

/**
 * Tell why a decision cannot be reviewed (C65).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotReview(view, { fact }) {
  if (!findVersion(view, fact.version)) return "not-a-version";
  return decided(view, fact.version) ? null : "not-decided";
}
