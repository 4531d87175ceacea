/**
 * What the fold is fed: an entry is one genuine event without its bytes, and its fact is what the
 * act says. Here an act is read as a fact, and here stands which field of a fact names its
 * subject. It mirrors collective/entry.py and wire.fact_of; C1 and the like are rules of
 * docs/charter.md.
 */

import { judgeAct } from "../acts.js";

/**
 * @typedef {Record<string, any> & {type: string}} Fact
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} device
 * @property {number} seq
 * @property {string} prev
 * @property {number} lamport
 * @property {number} at
 * @property {Fact} fact
 * @property {boolean} words whether the header commits to content, also where it was erased since
 * @property {boolean} proved whether the proof inside the act is genuine, true where there is none
 */

/** An act of a kind from a newer Goround: kept and carried, never acted on (C5). */
export const UNKNOWN = "?";
/** A known kind of act with missing, wrong or extra keys: void, never refused (C5). */
export const MALFORMED = "!";

/**
 * Read an act.
 * @param {Fact} act
 * @returns {Fact}
 */
export function factOf(act) {
  const judged = judgeAct(act);
  if (judged === "known") return act;
  return { type: judged === "unknown" ? UNKNOWN : MALFORMED };
}

/** The field that names the subject; of the other kinds it is whoever signed. */
const ABOUT = /** @type {Record<string, string>} */ ({
  ...{ accept: "version", welcome: "device", take_back: "version" },
  ...{ device_add: "device", device_retire: "device" },
  ...{ version: "proposal", carry: "proposal", withdraw: "proposal", hearing: "proposal" },
  ...{ say: "on", suggest: "version", concern: "version", settled: "concern" },
  ...{ position: "version", confirm: "position", close: "version" },
  ...{ reopen: "version", review: "version", erase: "event", task: "task" },
  ...{ nominate: "epoch", seal: "epoch", heard: "of", follow: "epoch" },
});

/**
 * Return what a fact is about.
 * @param {Fact} fact
 * @param {string} person who signed it
 * @returns {string}
 */
export function subjectOf(fact, person) {
  const field = ABOUT[fact.type];
  return field ? fact[field] : person;
}

/**
 * Compare two entries in the line-up: by lamport, then by id.
 * @param {Entry} one
 * @param {Entry} other
 * @returns {number}
 */
export function inOrder(one, other) {
  return one.lamport - other.lamport || compare(one.id, other.id);
}

/**
 * Compare two ids as Python does.
 * @param {string} one
 * @param {string} other
 */
export function compare(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
