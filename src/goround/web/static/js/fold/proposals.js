/**
 * What is put forward: proposals, their versions, who carries them, the talk around them. A
 * proposal is named by its first version, and a version by its exact words, so a position on it is
 * consent to those words and to nothing else. Mirrors collective/proposals.py.
 */

import { whyNotValues } from "./charter.js";
import { changesIn, goesWith } from "./effects.js";
import { inOrder } from "./entry.js";

/** @typedef {import("./effects.js").Effect} Effect */
/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Fact} Fact */
/** @typedef {import("./record.js").View} View */

/** Below that, nobody is released or replaced. */
export const LEAST_FOR_RELEASE = 3;

// --- State -----------------------------------------------------------------------------------

/**
 * Tell whether a fact puts a version forward.
 * @param {Fact} fact
 */
export function isVersion({ type }) {
  return type === "propose" || type === "version";
}

/**
 * Return the proposal that a version belongs to.
 * @param {Entry} entry
 * @returns {string}
 */
export function proposalOf({ id, fact }) {
  return fact.type === "version" ? fact.proposal : id;
}

/**
 * Return a version by its id, if it counts here (C7).
 * @param {View} view
 * @param {string} version
 */
export function findVersion(view, version) {
  const entry = view.find(version);
  return entry && isVersion(entry.fact) ? entry : null;
}

/**
 * Return the first version of a proposal by its id, if it counts here (C7).
 * @param {View} view
 * @param {string} proposal
 */
export function findProposal(view, proposal) {
  const entry = view.find(proposal);
  return entry?.fact.type === "propose" ? entry : null;
}

/**
 * Return the versions of a proposal, in order.
 * @param {View} view
 * @param {string} proposal
 */
export function versions(view, proposal) {
  const known = view.record.versions.about(proposal);
  return known.filter((version) => isKnown(view, version)).sort(inOrder);
}

/**
 * Return the version that positions are taken on: of several, the greatest in order (C45).
 * @param {View} view
 * @param {string} proposal
 * @returns {Entry | undefined}
 */
export function current(view, proposal) {
  const known = versions(view, proposal);
  return known[known.length - 1];
}

/**
 * Tell whether a version counts: one by somebody who went, if it was known by then (C45).
 * @param {View} view
 * @param {Entry} version
 */
function isKnown(view, version) {
  if (!view.counts(version)) return false;
  const person = view.person(version);
  const { epoch } = view;
  if (epoch.members.has(person) || !epoch.former.has(person)) return true;
  const went = epoch.stepsAfter("").find((step) => ended(step, person));
  return went !== undefined && wasSealedKnowing(view, went, version);
}

/** @param {import("./epoch.js").Epoch} epoch @param {string} person */
function ended({ predecessor, members }, person) {
  return predecessor !== null && predecessor.members.has(person) && !members.has(person);
}

/**
 * Tell whether somebody who sealed an epoch's change had an entry in their past.
 * @param {View} view
 * @param {import("./epoch.js").Epoch} epoch
 * @param {Entry} entry
 */
export function wasSealedKnowing({ record, past }, epoch, entry) {
  const seals = epoch.predecessor ? record.seals.about(epoch.predecessor.id) : [];
  return seals.some(
    (seal) =>
      past.has(seal.id) &&
      seal.fact.change === epoch.change &&
      record.pasts.past(seal.id).has(entry.id),
  );
}

/**
 * Return who carries a proposal: its author and whoever said so, until they let go (C43).
 * @param {View} view
 * @param {string} proposal
 * @returns {Set<string>}
 */
export function carriers(view, proposal) {
  const first = findProposal(view, proposal);
  const words = [...view.said("carry", proposal), ...view.said("withdraw", proposal)];
  if (first) words.push(first);
  return new Set([...view.people(words)].filter((person) => carries(view, words, person)));
}

/** @param {View} view @param {Entry[]} words @param {string} person */
function carries(view, words, person) {
  const own = words.filter((entry) => view.person(entry) === person);
  return view.record.latest(own).some(({ fact }) => fact.type !== "withdraw");
}

/**
 * Tell whether nobody carries a proposal any more (C43).
 * @param {View} view
 * @param {string} proposal
 */
export function withdrawn(view, proposal) {
  return view.said("withdraw", proposal).length > 0 && carriers(view, proposal).size === 0;
}

/**
 * Return the invitation at a place among a version's effects.
 * @param {Entry} version
 * @param {number} place
 * @returns {Effect | null}
 */
export function invitationIn({ fact }, place) {
  const effect = fact.effects[place];
  return effect?.do === "invite" ? effect : null;
}

/**
 * Return how a version would change members or charter, if it does.
 * @param {Entry} version
 * @returns {Effect | undefined}
 */
export function changeOf({ fact }) {
  return changesIn(fact.effects)[0];
}

// --- Rules -----------------------------------------------------------------------------------

/** Tell why a version cannot say or do what it does (C41). @param {View} view @param {Fact} fact */
function whyNotTerms(view, { matter, effects }) {
  if (!effects.every((/** @type {Effect} */ effect) => goesWith(effect, matter))) {
    return "wrong-matter";
  }
  if (changesIn(effects).length > 1) return "two-changes";
  const reasons = effects.map((/** @type {Effect} */ effect) => whyNotEffect(view, effect));
  return reasons.find(Boolean) ?? null;
}

/**
 * Tell why an effect cannot be put forward; most can, and do nothing without ground (C42).
 * @param {View} view
 * @param {Effect} effect
 */
function whyNotEffect(view, effect) {
  const { members, charter } = view.epoch;
  switch (effect.do) {
    case "invite":
      return !effect.replaces && members.size >= Number(charter.most_members) ? "too-many" : null;
    case "charter":
      return Object.keys(effect.set).length > 0 ? whyNotValues(effect.set) : "malformed";
    case "end":
      return findVersion(view, effect.agreement) ? null : "no-agreement";
    case "erase":
      return view.find(effect.event) ? null : "not-known";
    default:
      return null;
  }
}

/**
 * Tell why a next version cannot be put forward (C44); reopening.js asks whether it is too late.
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotVersion(view, entry) {
  const { fact } = entry;
  if (!findProposal(view, fact.proposal)) return "not-a-proposal";
  if (concernsSigner(view, entry, fact.effects)) return "concerns-signer";
  if (!carriers(view, fact.proposal).has(view.person(entry))) return "not-carried";
  const prev = findVersion(view, fact.prev);
  if (!prev || proposalOf(prev) !== fact.proposal) return "wrong-previous";
  return whyNotTerms(view, fact);
}

/**
 * Tell why a proposal cannot be put forward (C43).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotPropose(view, entry) {
  if (concernsSigner(view, entry, entry.fact.effects)) return "concerns-signer";
  return whyNotTerms(view, entry.fact);
}

/**
 * Tell whether effects would part whoever signed from the collective, or replace them (C43).
 * @param {View} view
 * @param {Entry} entry
 * @param {Effect[]} effects
 */
export function concernsSigner(view, entry, effects) {
  const member = partedFrom(changesIn(effects)[0]);
  return member !== null && view.epoch.person(member) === view.person(entry);
}

/**
 * Return the membership that a change would end: of whom it releases or replaces.
 * @param {Effect | undefined} change
 * @returns {string | null}
 */
export function partedFrom(change) {
  if (change?.do === "release") return change.member;
  return (change?.do === "invite" && change.replaces) || null;
}

/**
 * Tell why somebody cannot carry a proposal (C43).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotCarry(view, entry) {
  const { proposal } = entry.fact;
  if (!findProposal(view, proposal)) return "not-a-proposal";
  const known = versions(view, proposal);
  const isConcerned = known.some(({ fact }) => concernsSigner(view, entry, fact.effects));
  return isConcerned ? "concerns-signer" : null;
}

/**
 * Tell why somebody cannot let go of a proposal (C43).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotWithdraw(view, entry) {
  const { proposal } = entry.fact;
  if (!findProposal(view, proposal)) return "not-a-proposal";
  return carriers(view, proposal).has(view.person(entry)) ? null : "not-carrying";
}

/**
 * Tell why a change cannot be suggested (C46), or a version closed (C55): there is none such.
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotOnVersion(view, { fact }) {
  return findVersion(view, fact.version) ? null : "not-a-version";
}

/**
 * Tell why something cannot be said: only that nobody could know what it is about (C7).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotSay(view, { fact }) {
  return view.past.has(fact.on) ? null : "not-known";
}
