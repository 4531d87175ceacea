/**
 * When a change is ripe: everyone who must stand behind it does, and it changes something. An
 * acceptance needs most: an open invitation that everyone stands behind, room, somebody who knows
 * the newcomer, and a newcomer who has found whatever was decided meanwhile. Mirrors
 * collective/ripeness.py.
 */

import { decided, isSpent, ruleMet, standing, wasDecided } from "./decisions.js";
import { afterRetirement } from "./devices.js";
import { inOrder } from "./entry.js";
import { invitation, leaving, staying, takenBack } from "./members.js";
import { answerOf, SUPPORT } from "./positions.js";
import { changeOf, findVersion, isVersion } from "./proposals.js";
import { View } from "./record.js";

/** @typedef {import("./effects.js").Effect} Effect */
/** @typedef {import("./entry.js").Entry} Entry */

/**
 * Return what could come into force next, in order (C12).
 * @param {View} view
 * @returns {Entry[]}
 */
export function ripeChanges(view) {
  const said = ["leave", "take_back", "accept"].flatMap((kind) => view.allSaid(kind));
  const known = [...said, ...view.record.changing];
  return known.filter((change) => isRipe(view, change)).sort(inOrder);
}

/**
 * Tell whether everyone who must stand behind a change does, and it changes something (C12).
 * @param {View} view
 * @param {Entry} change
 * @returns {boolean}
 */
export function isRipe(view, change) {
  if (!view.counts(change) || view.epoch.changes.has(change.id)) return false;
  const isMember = view.epoch.members.has(view.person(change));
  switch (change.fact.type) {
    case "leave":
      return isMember && !afterRetirement(view, change);
    case "take_back":
      return isMember && canBeTakenBack(view, change.fact.version);
    case "accept":
      return acceptanceIsRipe(view, change);
    default:
      return isVersion(change.fact) && versionIsRipe(view, change);
  }
}

/** @param {View} view @param {string} id */
function canBeTakenBack(view, id) {
  const version = findVersion(view, id);
  const invite = version && changeOf(version);
  if (invite?.do !== "invite" || view.epoch.usedKeys.has(invite.key)) return false;
  return wasDecided(view, id);
}

/** @param {View} view @param {Entry} version */
function versionIsRipe(view, version) {
  const change = changeOf(version);
  const hasGround =
    (change?.do === "release" && view.epoch.person(change.member) !== null) ||
    (change?.do === "charter" && change.from === view.epoch.charterId);
  return hasGround && ruleMet(view, version);
}

/** @param {View} view @param {Entry} change */
function acceptanceIsRipe(view, change) {
  const version = findVersion(view, change.fact.version);
  const invite = invitation(view, change);
  const newcomer = view.person(change);
  if (!version || !invite) return false;
  if (view.epoch.former.has(newcomer) || leaving(view).has(newcomer)) return false;
  if (view.epoch.usedKeys.has(invite.key) || takenBack(view, version.id).length > 0) return false;
  return (
    hasRoom(view, invite) &&
    ruleMet(view, version) &&
    isWelcomed(view, change, version, invite) &&
    !isStale(view, change)
  );
}

/** Tell whether there is a place: that of a lost membership, or one that the charter leaves.
 * @param {View} view @param {Effect} invite */
function hasRoom({ epoch }, { replaces }) {
  if (replaces) return epoch.person(replaces) !== null;
  return epoch.members.size < Number(epoch.charter.most_members);
}

/**
 * Tell whether somebody besides the inviter knows the newcomer, if there is any (C13).
 * @param {View} view
 * @param {Entry} change
 * @param {Entry} version
 * @param {Effect} invite
 */
function isWelcomed(view, change, version, invite) {
  const replaced = invite.replaces ? view.epoch.person(invite.replaces) : null;
  const but = [view.person(version), replaced];
  const others = [...staying(view)].filter((person) => !but.includes(person));
  const welcomed = view.people(view.said("welcome", change.device));
  return others.length === 0 || others.some((person) => welcomed.has(person));
}

/**
 * Tell whether the newcomer has yet to find something that came about meanwhile (C14).
 * @param {View} view
 * @param {Entry} change
 */
export function isStale(view, change) {
  const { record } = view;
  if (!agreedToEachStep(view, change)) return true;
  const known = record.pasts.past(change.id);
  return [...record.completions.keys()].some((version) => {
    if (isSpent(view, record.entry(version)) || !decided(view, version)) return false;
    return !standing(view, version).some(({ event }) => known.has(event));
  });
}

/**
 * Tell whether nothing came into force since an acceptance but what the newcomer stood behind, and
 * what takes nobody's leave (C14).
 * @param {View} view
 * @param {Entry} change
 */
export function agreedToEachStep(view, change) {
  const own = /** @type {string} */ (view.record.epochOf.get(change.id));
  return view.epoch.stepsAfter(own).every((epoch) => {
    const { fact } = view.record.entry(epoch.change);
    if (fact.type === "leave" || fact.type === "take_back") return true;
    return fact.type === "accept" && isAgreedBy(view, change, fact.version);
  });
}

/** Tell whether a newcomer stood behind an invitation, as their acceptance knows.
 * @param {View} view @param {Entry} change @param {string} version */
function isAgreedBy({ record }, change, version) {
  const own = new View(record, record.pasts.past(change.id), record.epochAt(change.id));
  const answer = answerOf(own, version, record.signer(change));
  return answer !== null && SUPPORT.has(answer.stance);
}
