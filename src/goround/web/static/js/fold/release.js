/**
 * How the others part from a member: by everyone else's consent, after a hearing. Nobody can stop
 * a release by staying away from the hearing, and nobody can claim it alone where others could
 * have witnessed it. Mirrors collective/release.py.
 */

import { staying } from "./members.js";
import { carriers, changeOf, findProposal, partedFrom, proposalOf } from "./proposals.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").View} View */

const WITNESSES = 2;

/**
 * Return the member whom a version would release or replace, if it does and they are one.
 * @param {View} view
 * @param {Entry} version
 * @returns {string | null}
 */
export function concerned(view, version) {
  const member = partedFrom(changeOf(version));
  return member === null ? null : view.epoch.person(member);
}

/**
 * Tell whether the hearing before a release is on record (C35).
 * @param {View} view
 * @param {Entry} version
 */
export function heardOut(view, version) {
  const proposal = proposalOf(version);
  const person = concerned(view, version);
  const said = view.people(view.said("hearing", proposal));
  if (person !== null && said.has(person)) return true;
  const carrying = carriers(view, proposal);
  const able = [...staying(view)].filter((who) => who !== person && !carrying.has(who));
  if (able.length === 0) return said.has(view.record.persons.get(proposal) ?? "");
  return able.filter((who) => said.has(who)).length >= Math.min(WITNESSES, able.length);
}

/**
 * Tell why a hearing cannot be put on record (C36).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotHearing(view, { fact }) {
  if (!findProposal(view, fact.proposal)) return "not-a-proposal";
  const known = view.record.versions.about(fact.proposal).filter((entry) => view.counts(entry));
  return known.some((entry) => changeOf(entry)?.do === "release") ? null : "not-a-release";
}
