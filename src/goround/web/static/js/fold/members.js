/**
 * Who we are: how people come, are welcomed, go away for a while, come back and leave. Between the
 * acceptance and its seal a newcomer is joining. What of this changes the constitution, and when,
 * stands in constitution.js. Mirrors collective/members.py.
 */

import { afterRetirement } from "./devices.js";
import { changeOf, concernsSigner, findVersion, invitationIn } from "./proposals.js";
import { remembered } from "./record.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").View} View */

// --- State -----------------------------------------------------------------------------------

/** Return who has signed their leaving: they are not asked and not waited for (C33). */
export const leaving = remembered((view) =>
  view.people(view.allSaid("leave").filter((entry) => !afterRetirement(view, entry))),
);

/** Return the members who have not signed their leaving (C33). */
export const staying = remembered(
  (view) => new Set([...view.epoch.members.keys()].filter((who) => !leaving(view).has(who))),
);

/** Return who came in whose place, having lost every device: what they held moves along. */
const heirs = remembered((view) => {
  const found = new Map();
  for (const { change, predecessor, members } of view.epoch.stepsAfter("")) {
    const came = view.record.entries.get(change);
    if (!predecessor || came?.fact.type !== "accept") continue;
    for (const who of predecessor.members.keys()) {
      if (!members.has(who)) found.set(who, view.person(came));
    }
  }
  return found;
});

/**
 * Return who somebody is now, if they came back in their own place.
 * @param {View} view
 * @param {string} person
 * @returns {string}
 */
export function nowKnownAs(view, person) {
  let now = person;
  while (heirs(view).has(now)) now = heirs(view).get(now);
  return now;
}

/** Return the members who are away; of away and back that crossed, back counts (C34). */
export const away = remembered((view) => {
  const words = [...view.allSaid("away"), ...view.allSaid("back")];
  const gone = [...view.people(words)].filter((who) => view.epoch.members.has(who));
  return new Set(gone.filter((who) => isAway(view, words, who)));
});

/** @param {View} view @param {Entry[]} words @param {string} person */
function isAway(view, words, person) {
  const own = words.filter((entry) => view.person(entry) === person);
  return view.record.latest(own).every(({ fact }) => fact.type === "away");
}

/**
 * Return the invitation that an acceptance names.
 * @param {View} view
 * @param {Entry} accepted
 */
export function invitation(view, { fact }) {
  const version = findVersion(view, fact.version);
  return version ? invitationIn(version, fact.effect) : null;
}

/**
 * Return the newcomers whose acceptance can yet come into force, with their last (C31).
 * @param {View} view
 * @returns {Map<string, Entry>}
 */
export function joining(view) {
  const found = new Map();
  for (const entry of view.allSaid("accept")) {
    const person = view.person(entry);
    const isOver = view.epoch.former.has(person) || leaving(view).has(person);
    if (!isOver && !isDead(view, entry)) found.set(person, entry);
  }
  return found;
}

/** @param {View} view @param {Entry} accepted */
function isDead(view, accepted) {
  const invite = invitation(view, accepted);
  return !invite || view.epoch.usedKeys.has(invite.key);
}

/**
 * Return the takings back of an invitation by members of this epoch.
 * @param {View} view
 * @param {string} version
 */
export function takenBack(view, version) {
  const said = view.said("take_back", version);
  return said.filter((entry) => view.epoch.members.has(view.person(entry)));
}

// --- Rules -----------------------------------------------------------------------------------

/**
 * Tell why an acceptance counts for nothing (C26); `named` is its epoch, if in force.
 * @param {View} view
 * @param {Entry} entry
 * @param {import("./epoch.js").Epoch | null} named
 * @returns {string | null}
 */
export function whyNotAccept(view, entry, named) {
  const { device, fact, proved } = entry;
  if (view.person(entry) !== device || view.epoch.former.has(device)) return "belongs-to-somebody";
  if (!named) return "epoch-not-in-force";
  const invite = invitation(view, entry);
  if (!invite) return "no-invitation";
  if (!proved) return "not-proved"; // asked only of a version in its past: the same for everybody
  if (view.epoch.usedKeys.has(invite.key)) return whyDead(view, fact.version);
  const behind = /** @type {string[]} */ (fact.behind);
  if (!behind.every((version) => invites(view, version))) return "no-invitation";
  return agreesToMore(view, device, behind) ? "agrees-to-more" : null;
}

/** @param {View} view @param {string} version */
function invites(view, version) {
  const entry = findVersion(view, version);
  return entry !== null && changeOf(entry)?.do === "invite";
}

/**
 * Tell how an invitation ended: taken back, or used.
 * @param {View} view
 * @param {string} version
 */
export function whyDead(view, version) {
  const isGone = takenBack(view, version).some(({ id }) => view.epoch.changes.has(id));
  return isGone ? "taken-back" : "invitation-used";
}

/** A repetition's `behind` lies within that of the first (C28).
 * @param {View} view @param {string} person @param {string[]} behind */
function agreesToMore(view, person, behind) {
  const first = view.allSaid("accept").find((entry) => view.person(entry) === person);
  return first !== undefined && !behind.every((version) => first.fact.behind.includes(version));
}

/**
 * Tell why somebody cannot be welcomed (C29).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotWelcome({ record, past }, { fact }) {
  const known = record.byKind.about("accept");
  const isThere = known.some(({ id, device }) => device === fact.device && past.has(id));
  return isThere ? null : "not-joining";
}

/**
 * Tell why an invitation cannot be taken back (C30).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotTakeBack(view, entry) {
  if (!invites(view, entry.fact.version)) return "no-invitation";
  const { effects } = view.record.entry(entry.fact.version).fact;
  return concernsSigner(view, entry, effects) ? "concerns-signer" : null;
}
