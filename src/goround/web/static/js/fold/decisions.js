/**
 * When a version is decided, and for whom that stands. A decision is complete at an event in whose
 * past its rule is met; that is judged once and stays. It stands for the epoch of that event and
 * for each next one if everyone who became party to the next had found it, so nobody is bound by
 * what they neither took part in nor found. Mirrors collective/decisions.py.
 */

import { bears, mayStandAside, PROTECTED } from "./charter.js";
import { windowEnded } from "./closing.js";
import { endsKnowing } from "./constitution.js";
import { away, staying, whyDead } from "./members.js";
import { answers, FOR, SUPPORT } from "./positions.js";
import {
  changeOf,
  current,
  LEAST_FOR_RELEASE,
  partedFrom,
  proposalOf,
  wasSealedKnowing,
  withdrawn,
} from "./proposals.js";
import { View } from "./record.js";
import { concerned, heardOut } from "./release.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").Completion} Completion */

// --- State -----------------------------------------------------------------------------------

/**
 * Return who must be heard on a version (C11); who is joining is not asked (C32).
 * @param {View} view
 * @param {Entry} version
 * @returns {string[]}
 */
function asked(view, version) {
  const parted = concerned(view, version);
  const everyone = [...staying(view)].filter((person) => person !== parted);
  const { matter } = version.fact;
  if (PROTECTED.has(matter) || view.epoch.charter[`${matter}_heard`] === "everyone") {
    return everyone;
  }
  const said = answers(view, version.id);
  return everyone.filter((person) => said.has(person) || !away(view).has(person));
}

/**
 * Tell whether enough of those asked stand behind a version (C57, C58).
 * @param {View} view
 * @param {Entry} version
 */
function isAgreed(view, version) {
  const { charter, members } = view.epoch;
  const { matter } = version.fact;
  const must = asked(view, version);
  const said = answers(view, version.id);
  said.delete(concerned(view, version) ?? "");
  const stances = [...said.values()].map(({ stance }) => stance);
  const count = (/** @type {string} */ stance) => stances.filter((one) => one === stance).length;
  const isWaiting = count("time") > 0 || must.some((person) => !said.has(person));
  return (
    (!isWaiting || passesUnheard(view, version)) &&
    count("block") <= bears(charter, matter, members.size) &&
    count("aside") <= mayStandAside(charter, matter, must.length) &&
    stances.some((stance) => FOR.has(stance))
  );
}

/** @param {View} view @param {Entry} version */
function passesUnheard(view, version) {
  const { matter } = version.fact;
  if (PROTECTED.has(matter) || view.epoch.charter[`${matter}_unheard`] !== "pass") return false;
  return windowEnded(view, version);
}

/**
 * Tell whether a version's rule is met in this view, and nothing newer is there (C58).
 * @param {View} view
 * @param {Entry} version
 */
export function ruleMet(view, version) {
  const proposal = proposalOf(version);
  if (current(view, proposal) !== version || withdrawn(view, proposal)) return false;
  if (isSpent(view, version)) return false;
  return isPossible(view, version) && isAgreed(view, version);
}

/**
 * Tell whether what a version would change is in force: it can change nothing more.
 * @param {View} view
 * @param {Entry} version
 */
export function isSpent({ epoch }, version) {
  const change = changeOf(version);
  const isUsed = change?.do === "invite" && epoch.usedKeys.has(change.key);
  return isUsed || epoch.changes.has(version.id);
}

/** Tell whether a release or a replacing has what it needs beside consent (C35).
 * @param {View} view @param {Entry} version */
function isPossible(view, version) {
  const change = changeOf(version);
  if (partedFrom(change) === null) return true;
  if (view.epoch.members.size < LEAST_FOR_RELEASE) return false;
  return change?.do !== "release" || heardOut(view, version);
}

// --- Completing ------------------------------------------------------------------------------

/**
 * Return the completion of a version at an event, whose reflexive view this is (C59, C60).
 * @param {View} view
 * @param {string} event
 * @param {Entry} version
 * @returns {Completion | null}
 */
export function completionAt(view, event, version) {
  if (!view.counts(version) || decided(view, version.id) || !ruleMet(view, version)) return null;
  const said = answers(view, version.id);
  const parted = concerned(view, version);
  const isOpen = (/** @type {string} */ person) => (said.get(person)?.stance ?? "time") === "time";
  const silent = [...view.epoch.members.keys()].filter(isOpen);
  const missed = silent.filter((person) => away(view).has(person));
  const passed = silent.filter(
    (person) => staying(view).has(person) && !missed.includes(person) && person !== parted,
  );
  return { version: version.id, event, epoch: view.epoch.id, missed, passed };
}

// --- Standing --------------------------------------------------------------------------------

/**
 * Return the completions of a version that stand in this view (C62).
 * @param {View} view
 * @param {string} version
 */
export function standing(view, version) {
  return view.record.completions.about(version).filter((one) => stands(view, one));
}

/**
 * Tell whether a version is decided for those of this view's epoch (C63).
 * @param {View} view
 * @param {string} version
 */
export function decided(view, version) {
  if (view.epoch.changes.has(version)) return true;
  return view.record.completions.about(version).some((one) => stands(view, one));
}

/**
 * Tell whether a version was ever decided for those of this view's chain of epochs.
 * @param {View} view
 * @param {string} version
 */
export function wasDecided(view, version) {
  return view.record.completions.about(version).some((one) => isHere(view, one));
}

/** @param {View} view @param {Completion} completion */
function isHere({ past, epoch }, completion) {
  return past.has(completion.event) && epoch.chain.has(completion.epoch);
}

/** Tell whether all who became party to a later epoch had found a decision (C62).
 * @param {View} view @param {Completion} completion */
function stands(view, completion) {
  if (!isHere(view, completion)) return false;
  const later = view.epoch.stepsAfter(completion.epoch);
  if (!later.every((epoch) => isFound(view, completion, epoch))) return false;
  if (completion.missed.some((person) => isPassedBy(view, completion, person))) return false;
  return later.length === 0 || !isLate(view, completion, later[later.length - 1]);
}

/** Tell whether its epoch may have been over for somebody whom a decision passed over.
 * @param {View} view @param {Completion} completion @param {import("./epoch.js").Epoch} step */
function isLate(view, completion, step) {
  const isUnheard = completion.passed.some((person) => hasNeverHeard(view, completion, person));
  return isUnheard && !endsKnowing(view, step, completion.event);
}

/** Tell whether somebody was passed over, and had not found it before the next epoch came.
 * @param {View} view @param {Completion} completion @param {string} person */
function hasNeverHeard({ record, past, epoch }, completion, person) {
  if (!epoch.members.has(person)) return false;
  const { chain } = /** @type {import("./epoch.js").Epoch} */ (record.epochs.get(completion.epoch));
  return !record.byPerson
    .about(person)
    .some(
      ({ id }) =>
        past.has(id) &&
        chain.has(record.epochOf.get(id) ?? "") &&
        record.pasts.past(id).has(completion.event),
    );
}

/** @param {View} view @param {Completion} completion @param {import("./epoch.js").Epoch} epoch */
function isFound(view, completion, epoch) {
  const { record, past } = view;
  const { id, fact } = record.entry(epoch.change);
  if (fact.type === "accept") return record.pasts.past(id).has(completion.event);
  if (epoch.charterId !== epoch.change || !epoch.predecessor) return true;
  const then = new View(record, record.pasts.past(completion.event), epoch.predecessor);
  const before = new View(record, past, epoch.predecessor);
  return [...staying(then)].every((person) => isFoundBy(before, completion, person, epoch));
}

/**
 * Tell whether a word of theirs for a charter, from before it was in force, knew a decision.
 * @param {View} view
 * @param {Completion} completion
 * @param {string} person
 * @param {import("./epoch.js").Epoch} epoch
 */
function isFoundBy(view, completion, person, epoch) {
  return view.record.given
    .about(epoch.change)
    .some(
      (given) =>
        given.person === person &&
        SUPPORT.has(given.stance) &&
        view.counts(given.entry) &&
        view.record.pasts.past(given.entry.id).has(completion.event) &&
        wasSealedKnowing(view, epoch, given.entry),
    );
}

/** @param {View} view @param {Completion} completion @param {string} person */
function isPassedBy(view, completion, person) {
  if (!view.epoch.members.has(person)) return false;
  const after = view.record.pasts.past(completion.event);
  const backs = view.said("back", person).filter(({ id }) => !after.has(id));
  return backs.some((back) => !isFoundBefore(view, completion, back, person));
}

/** @param {View} view @param {Completion} completion @param {Entry} back @param {string} person */
function isFoundBefore({ record, past }, completion, back, person) {
  return record.byPerson
    .about(person)
    .some(
      (entry) =>
        past.has(entry.id) &&
        record.pasts.past(entry.id).has(completion.event) &&
        (entry.id === back.id || !record.before(back, entry)),
    );
}

// --- Rules -----------------------------------------------------------------------------------

/**
 * Tell why nothing more can be said on a version: it is in force, or decided (C51).
 * @param {View} view
 * @param {Entry} version
 */
export function whyTooLate(view, version) {
  if (view.epoch.changes.has(version.id)) return "decided";
  const change = changeOf(version);
  if (change?.do === "invite") return isSpent(view, version) ? whyDead(view, version.id) : null;
  if (change) return null;
  return decided(view, version.id) ? "decided" : null;
}
