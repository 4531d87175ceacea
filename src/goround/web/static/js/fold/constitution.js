/**
 * Who we are and how we decide, from one change to the next: members and charter at one time are
 * an epoch; the next one is its predecessor plus one change, in force where two thirds sealed that
 * change in the same round. How they come to do so stands in sealing.js, and what a change needs
 * first in ripeness.js. Mirrors collective/constitution.py.
 */

import { afterRetirement, sealingDevice } from "./devices.js";
import { compare } from "./entry.js";
import { Epoch, nameEpoch } from "./epoch.js";
import { changeOf, invitationIn } from "./proposals.js";
import { View } from "./record.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").Record} Record */
/** @typedef {import("../past.js").Past} Past */

const PAIR = 2;

// --- Epochs ----------------------------------------------------------------------------------

/**
 * Return two thirds of that many members, rounded up (C15).
 * @param {number} members
 */
export function quorum(members) {
  return Math.ceil((2 * members) / 3);
}

/**
 * Return the epoch of the founding (C8).
 * @param {Entry} founding
 * @returns {Epoch}
 */
export function firstEpoch({ id, device, fact }) {
  return new Epoch({
    ...{ id, predecessor: null, change: id, chain: new Set([id]), changes: new Set() },
    ...{ members: new Map([[device, id]]), former: new Set([device]) },
    ...{ charter: fact.charter, charterId: id, usedKeys: new Set() },
  });
}

/** Return the epoch that a change makes of its predecessor (C8).
 * @param {Record} record @param {Epoch} epoch @param {Entry} change @returns {Epoch} */
function successor(record, epoch, change) {
  const id = nameEpoch(epoch.id, change.id);
  const known = record.epochs.get(id) ?? changed(record, epoch, change, id);
  record.epochs.set(id, known);
  return known;
}

/** @param {Record} record @param {Epoch} epoch @param {Entry} change @param {string} id */
function changed(record, epoch, change, id) {
  const next = {
    ...{ id, predecessor: epoch, change: change.id, charter: epoch.charter },
    ...{ chain: new Set([...epoch.chain, id]), changes: new Set([...epoch.changes, change.id]) },
    ...{ members: new Map(epoch.members), former: epoch.former, charterId: epoch.charterId },
    usedKeys: new Set(epoch.usedKeys),
  };
  apply(record, next, change);
  next.former = new Set([...epoch.former, ...next.members.keys()]);
  return new Epoch(next);
}

/** @param {Record} record
 * @param {Omit<Epoch, "person" | "stepsAfter">} next @param {Entry} change */
function apply(record, next, change) {
  const { fact } = change;
  if (fact.type === "leave") {
    next.members.delete(record.signer(change));
  } else if (fact.type === "accept") {
    const invite = invitationIn(record.entry(fact.version), fact.effect);
    drop(next.members, invite?.replaces);
    next.members.set(record.signer(change), change.id);
    if (invite) next.usedKeys.add(invite.key);
  } else if (fact.type === "take_back") {
    const taken = changeOf(record.entry(fact.version));
    if (taken?.do === "invite") next.usedKeys.add(taken.key);
  } else {
    decide(next, change);
  }
}

/** @param {Omit<Epoch, "person" | "stepsAfter">} next @param {Entry} version */
function decide(next, version) {
  const effect = changeOf(version);
  if (effect?.do === "release") {
    drop(next.members, effect.member);
  } else if (effect?.do === "charter") {
    next.charter = { ...next.charter, ...effect.set };
    next.charterId = version.id;
  }
}

/** @param {Map<string, string>} members @param {string | undefined} member */
function drop(members, member) {
  for (const [person, held] of members) {
    if (held === member) members.delete(person);
  }
}

/**
 * Return the epochs that are in force after one, in a past; two of them are two ways (C22).
 * @param {Record} record
 * @param {Past} past
 * @param {Epoch} epoch
 * @returns {Epoch[]}
 */
export function successors(record, past, epoch) {
  if (epoch.members.size === 0) return [];
  const seals = within(record.seals.about(epoch.id), past).filter(({ fact }) => fact.change);
  const named = [...new Set(seals.map(({ fact }) => fact.change))].sort(compare);
  return named
    .filter((change) => isSealed(record, epoch, seals.filter(({ fact }) => fact.change === change)))
    .map((change) => successor(record, epoch, record.entry(change)));
}

/** Tell whether seals of one change put it in force: in one and the same round.
 * @param {Record} record @param {Epoch} epoch @param {Entry[]} seals */
function isSealed(record, epoch, seals) {
  const rounds = new Set(seals.map(({ fact }) => fact.round));
  return [...rounds].some((round) => {
    const own = seals.filter(({ fact }) => fact.round === round);
    const signers = new Set(own.map((seal) => record.signer(seal)));
    if (signers.size >= quorum(epoch.members.size)) return true;
    return epoch.members.size === PAIR && own.some((seal) => knewAlone(record, epoch, seal));
  });
}

/**
 * Tell whether an epoch could not end so without a seal by somebody who knew an event (C62). Of two,
 * one seal can be enough, so there each has to know for themself.
 * @param {View} view
 * @param {Epoch} step
 * @param {string} event
 */
export function endsKnowing({ record, past }, { predecessor, change }, event) {
  if (!predecessor) return false;
  /** @type {Map<string, boolean>} */
  const knew = new Map();
  for (const seal of within(record.seals.about(predecessor.id), past)) {
    if (seal.fact.change !== change) continue;
    const signer = record.signer(seal);
    knew.set(signer, (knew.get(signer) ?? true) && record.pasts.past(seal.id).has(event));
  }
  const { size } = predecessor.members;
  return size > PAIR && size - [...knew.values()].filter(Boolean).length < quorum(size);
}

/**
 * Go on from an epoch as long as exactly one successor is in force (C9).
 * @param {Record} record
 * @param {Past} past
 * @param {Epoch} epoch
 * @returns {Epoch}
 */
export function advance(record, past, epoch) {
  const following = successors(record, past, epoch);
  return following.length === 1 ? advance(record, past, following[0]) : epoch;
}

/**
 * Return the epoch of that name if it is in force in a past, on whichever way (C22).
 * @param {Record} record
 * @param {Past} past
 * @param {string} name
 * @returns {Epoch | null}
 */
export function inForce(record, past, name) {
  const founding = record.founding && record.epochs.get(record.founding.id);
  const ahead = founding ? [founding] : [];
  for (const epoch of ahead) {
    if (epoch.id === name) return epoch;
    ahead.push(...successors(record, past, epoch));
  }
  return null;
}

// --- Nominations and seals -------------------------------------------------------------------

/**
 * Return those of some entries that lie in a past.
 * @param {Entry[]} entries
 * @param {Past} past
 */
export function within(entries, past) {
  return entries.filter(({ id }) => past.has(id));
}

/** Tell whether one of a pair signed this knowing that the other leaves.
 * @param {Record} record @param {Epoch} epoch @param {Entry} act */
function knewAlone(record, epoch, act) {
  const view = new View(record, record.pasts.before(act.id), epoch);
  return parting(view).some((person) => person !== record.signer(act));
}

/**
 * Return who of a pair has signed their leaving with their sealing device (C15).
 * @param {View} view
 * @returns {string[]}
 */
export function parting(view) {
  const members = [...view.epoch.members.keys()];
  return members.length === PAIR ? members.filter((person) => parted(view, person)) : [];
}

/** @param {View} view @param {string} person */
function parted(view, person) {
  const device = sealingDevice(view, person);
  const left = view.said("leave", person);
  return left.some((entry) => entry.device === device && !afterRetirement(view, entry));
}

// --- Rules -----------------------------------------------------------------------------------

/**
 * Tell why a way cannot be followed (C23).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotFollow(view, entry) {
  if (!inForce(view.record, view.past, entry.fact.epoch)) return "epoch-not-in-force";
  return view.epoch.members.has(view.person(entry)) ? null : "not-a-member";
}

/**
 * Tell why something cannot have been heard (C21).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotHeard(view, { fact }) {
  return view.find(fact.of) || inForce(view.record, view.past, fact.of) ? null : "not-known";
}
