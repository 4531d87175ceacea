/**
 * What a device signs by itself and without asking, because it carries no opinion. It nominates
 * and seals for its member, says once that it has heard of a decision or a new constitution, and
 * accepts anew where a newcomer's acceptance went stale while nothing was changed that they were
 * shown. It never answers a `heard` with a `heard`. Mirrors collective/keeping.py.
 */

import { inForce } from "./constitution.js";
import { decided, ruleMet, standing } from "./decisions.js";
import { owner, retired, sealingDevice } from "./devices.js";
import { inOrder } from "./entry.js";
import { joining, takenBack } from "./members.js";
import { changeOf, current, proposalOf, withdrawn } from "./proposals.js";
import { View } from "./record.js";
import { agreedToEachStep, isStale } from "./ripeness.js";
import { nextAct } from "./sealing.js";
import { candidates } from "./waiting.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Fact} Fact */
/** @typedef {import("../past.js").Past} Past */

/**
 * Return what a device signs next by itself (C24, C25); `own` is its chain's past.
 * @param {View} view
 * @param {string} device
 * @param {Past} own
 * @returns {Fact | null}
 */
export function nextOf(view, device, own) {
  const person = owner(view, device);
  if (person === null || retired(view, device) || view.past.forked(device) !== null) return null;
  const accepted = joining(view).get(person);
  if (accepted && device === person) return renewedAcceptance(view, accepted);
  if (!view.epoch.members.has(person) || sealingDevice(view, person) !== device) return null;
  return nextAct(view, person) ?? unheard(view, device, own);
}

/**
 * Return what a device has yet to say that it heard, if anything (C25). Of several versions it is
 * the first in the order of the log, however they arrived here.
 * @param {View} view
 * @param {string} device
 * @param {Past} own
 * @returns {Fact | null}
 */
function unheard(view, device, own) {
  let news = candidates(view, device).filter((version) => isNews(view, version));
  if (news.length === 0) news = decidedUnheard(view, own);
  if (news.length > 0) return { type: "heard", of: news.sort(inOrder)[0].id };
  const { id } = view.epoch;
  return inForce(view.record, own, id) ? null : { type: "heard", of: id };
}

/** Return the versions whose decision stands here, and in a device's chain does not.
 * @param {View} view @param {Past} own @returns {Entry[]} */
function decidedUnheard(view, own) {
  const { record } = view;
  const isUnheard = (/** @type {string} */ version) => {
    const found = standing(view, version);
    return found.length > 0 && !found.some(({ event }) => own.has(event));
  };
  return [...record.completions.keys()].filter(isUnheard).map((version) => record.entry(version));
}

/** Tell whether a rule is met here by what crossed, so that no event completes it (C61).
 * @param {View} view @param {Entry} version */
function isNews(view, version) {
  return view.counts(version) && !decided(view, version.id) && ruleMet(view, version);
}

/** Return a newcomer's acceptance anew, where theirs missed nothing but decisions (C31).
 * @param {View} view @param {Entry} accepted @returns {Fact | null} */
function renewedAcceptance(view, accepted) {
  if (!agreedToEachStep(view, accepted) || !isStale(view, accepted)) return null;
  const { record, epoch } = view;
  const { version, effect, proof, behind } = accepted.fact;
  const shown = openInvitations(new View(record, record.pasts.past(accepted.id), epoch));
  const isNew = (/** @type {string} */ open) => open !== version && !shown.includes(open);
  if (openInvitations(view).some(isNew)) return null;
  return { type: "accept", version, effect, epoch: epoch.id, proof, behind };
}

/** Return the invitations that were decided and neither used nor taken back. @param {View} view */
function openInvitations(view) {
  const open = view.record.allVersions.filter((version) => isOpenInvitation(view, version));
  return open.map(({ id }) => id);
}

/** @param {View} view @param {Entry} version */
function isOpenInvitation(view, version) {
  const invite = changeOf(version);
  const proposal = proposalOf(version);
  return (
    invite?.do === "invite" &&
    view.counts(version) &&
    !view.epoch.usedKeys.has(invite.key) &&
    takenBack(view, version.id).length === 0 &&
    !withdrawn(view, proposal) &&
    current(view, proposal) === version &&
    decided(view, version.id)
  );
}
