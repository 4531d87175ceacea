/**
 * Where a judged entry is put, so that questions find it by what it is about. Mirrors
 * collective/filing.py.
 */

import { changeOf, isVersion, proposalOf } from "./proposals.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").Record} Record */

/**
 * Put a judged entry where questions find it; one that is void is found by its id only.
 * @param {Record} record
 * @param {Entry} entry
 * @param {string} epoch
 * @param {string | null} reason
 */
export function putAway(record, entry, epoch, reason) {
  record.epochOf.set(entry.id, epoch);
  if (reason) {
    record.voided.set(entry.id, reason);
    record.indexFirst(entry);
    return;
  }
  record.index(entry, record.signer(entry));
  for (const proposal of new Set(touchedBy(record, entry))) record.touch(proposal, entry.id);
  keepWord(record, entry);
  if (isVersion(entry.fact)) keepVersion(record, entry);
  if (entry.fact.type === "nominate") record.nominations.put(entry.fact.epoch, entry);
  if (entry.fact.type === "seal") record.seals.put(entry.fact.epoch, entry);
}

/** Return the proposals that an entry may decide, or keep from being decided.
 * @param {Record} record @param {Entry} entry @returns {string[]} */
function touchedBy(record, { id, fact }) {
  switch (fact.type) {
    case "propose":
      return [id];
    case "version":
    case "carry":
    case "withdraw":
    case "hearing":
      return [fact.proposal];
    case "position":
    case "close":
      return [proposalOf(record.entry(fact.version))];
    case "accept":
      return fact.behind.map((/** @type {string} */ name) => proposalOf(record.entry(name)));
    default:
      return [];
  }
}

/** @param {Record} record @param {Entry} entry */
function keepWord(record, entry) {
  const { fact } = entry;
  const person = record.signer(entry);
  if (fact.type === "position") {
    record.given.put(fact.version, { entry, person, stance: fact.stance });
  }
  if (fact.type !== "accept" || !isFirst(record, entry, person)) return;
  for (const version of fact.behind) record.given.put(version, { entry, person, stance: "agree" });
}

/** Tell whether somebody accepts for the first time: repeating agrees to nothing (C28).
 * @param {Record} record @param {Entry} entry @param {string} person */
function isFirst(record, entry, person) {
  const known = record.byKind.about("accept");
  return !known.some((other) => record.signer(other) === person && record.before(other, entry));
}

/** @param {Record} record @param {Entry} entry */
function keepVersion(record, entry) {
  record.versions.put(proposalOf(entry), entry);
  record.allVersions.push(entry);
  const change = changeOf(entry);
  if (change?.do === "invite") {
    record.given.put(entry.id, { entry, person: record.signer(entry), stance: "agree" });
  } else if (change) {
    record.changing.push(entry);
  }
}
