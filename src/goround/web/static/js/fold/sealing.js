/**
 * How the next change is settled: sealing devices nominate and seal it, by themselves, in rounds.
 * They seal what two thirds nominated, and what somebody sealed is what the next round nominates,
 * so two successors of one epoch need more forked devices than a third. Every act here is judged
 * by its own past alone (C20). Mirrors collective/sealing.py.
 */

import { parting, quorum, successors, within } from "./constitution.js";
import { sealingDevice } from "./devices.js";
import { compare, inOrder } from "./entry.js";
import { isRipe, ripeChanges } from "./ripeness.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Fact} Fact */
/** @typedef {import("./record.js").View} View */

/** What is known in a view of the rounds of its epoch. */
class Rounds {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.nominations = within(view.record.nominations.about(view.epoch.id), view.past);
    this.seals = within(view.record.seals.about(view.epoch.id), view.past);
  }

  /** Tell whether two thirds signed these, or the one left of two (C17). @param {Entry[]} acts */
  isEnough(acts) {
    const signers = this.view.people(acts);
    if (signers.size > 0 && parting(this.view).some((person) => !signers.has(person))) return true;
    return signers.size >= quorum(this.view.epoch.members.size);
  }

  /** Tell whether two thirds nominated something in a round. @param {number} number */
  isNominated(number) {
    return this.isEnough(inRound(this.nominations, number));
  }

  /** Tell whether two thirds sealed something or nothing in a round. @param {number} number */
  isFinished(number) {
    return this.isEnough(inRound(this.seals, number));
  }

  /** Return the changes that two thirds nominated in a round. @param {number} number */
  chosen(number) {
    const acts = inRound(this.nominations, number);
    const named = [...new Set(acts.map(({ fact }) => fact.change))].sort(compare);
    return named.filter((one) => this.isEnough(acts.filter(({ fact }) => fact.change === one)));
  }

  /** Return the changes that somebody sealed in a round, the first in order first.
   * @param {number} number @returns {string[]} */
  locked(number) {
    const named = new Set(inRound(this.seals, number).map(({ fact }) => fact.change));
    named.delete("");
    const entries = [...named].map((change) => this.view.record.entry(change));
    return entries.sort(inOrder).map(({ id }) => id);
  }

  /** Return the rounds in which a member signed such an act.
   * @param {string} person @param {Entry[]} acts @returns {number[]} */
  of(person, acts) {
    const own = acts.filter((entry) => this.view.person(entry) === person);
    return own.map(({ fact }) => fact.round);
  }
}

/** @param {Entry[]} acts @param {number} number */
function inRound(acts, number) {
  return acts.filter(({ fact }) => fact.round === number);
}

// --- Rules -----------------------------------------------------------------------------------

/** Tell why a device may not nominate or seal here at all (C16).
 * @param {View} view @param {Entry} entry */
function whyNotKeep(view, entry) {
  const person = view.person(entry);
  if (entry.fact.epoch !== view.epoch.id) return "wrong-epoch";
  if (!view.epoch.members.has(person)) return "not-a-member";
  if (sealingDevice(view, person) !== entry.device) return "not-sealing";
  return parting(view).includes(person) ? "pair-parted" : null;
}

/**
 * Tell why a nomination counts for nothing (C18).
 * @param {View} view
 * @param {Entry} entry
 * @returns {string | null}
 */
export function whyNotNominate(view, entry) {
  const reason = whyNotKeep(view, entry);
  if (reason) return reason;
  const known = new Rounds(view);
  const { round, change } = entry.fact;
  const person = view.person(entry);
  const done = [...known.of(person, known.nominations), ...known.of(person, known.seals)];
  if (done.some((number) => number >= round)) return "signed-already";
  if (round > 0 && !isOpen(known, round)) return "round-not-open";
  const locked = known.locked(round - 1);
  if (locked.length > 0) return locked.includes(change) ? null : "not-locked";
  const named = view.find(change);
  return named && isRipe(view, named) ? null : "not-ripe";
}

/** @param {Rounds} known @param {number} round */
function isOpen(known, round) {
  const { record, past, epoch } = known.view;
  return known.isFinished(round - 1) && successors(record, past, epoch).length === 0;
}

/**
 * Tell why a seal counts for nothing (C19).
 * @param {View} view
 * @param {Entry} entry
 * @returns {string | null}
 */
export function whyNotSeal(view, entry) {
  const reason = whyNotKeep(view, entry);
  if (reason) return reason;
  const known = new Rounds(view);
  const { round, change } = entry.fact;
  const person = view.person(entry);
  const isDone =
    known.of(person, known.seals).some((number) => number >= round) ||
    known.of(person, known.nominations).some((number) => number > round);
  if (isDone) return "signed-already";
  const chosen = known.chosen(round);
  const fits = change ? chosen.includes(change) : known.isNominated(round) && chosen.length === 0;
  return fits ? null : "not-nominated";
}

// --- What a sealing device does by itself ----------------------------------------------------

/**
 * Return what a member's sealing device signs next without asking, if anything (C24).
 * @param {View} view
 * @param {string} person
 * @returns {Fact | null}
 */
export function nextAct(view, person) {
  const { record, past, epoch } = view;
  if (!epoch.members.has(person) || successors(record, past, epoch).length > 0) return null;
  if (parting(view).includes(person)) return null;
  const known = new Rounds(view);
  const sealed = known.of(person, known.seals).map((number) => number + 1);
  return actIn(known, person, Math.max(0, ...known.of(person, known.nominations), ...sealed));
}

/** @param {Rounds} known @param {string} person @param {number} round @returns {Fact | null} */
function actIn(known, person, round) {
  const { view } = known;
  const epoch = view.epoch.id;
  if (known.isNominated(round)) {
    return { type: "seal", epoch, round, change: known.chosen(round)[0] ?? "" };
  }
  if (known.of(person, known.nominations).includes(round)) return null;
  if (round > 0 && !known.isFinished(round - 1)) return null;
  const change = known.locked(round - 1)[0] ?? ripeChanges(view)[0]?.id;
  return change ? { type: "nominate", epoch, round, change } : null;
}
