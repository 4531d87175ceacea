/**
 * The constitution from one change to the next: who we are and how we decide. An epoch is a value;
 * what makes the next one of it stands in constitution.js. Mirrors collective/epoch.py.
 */

import { bytes, decode, encode, join } from "../encoding.js";
import { sha256 } from "./sha256.js";

/** Members, in the order in which they came, and charter (C8). */
export class Epoch {
  /**
   * @param {object} made
   * @param {string} made.id
   * @param {Epoch | null} made.predecessor
   * @param {string} made.change
   * @param {Set<string>} made.chain ids of this epoch and all before it
   * @param {Set<string>} made.changes what made them
   * @param {Map<string, string>} made.members membership by person
   * @param {Set<string>} made.former everybody who ever was a member
   * @param {Record<string, string | number>} made.charter
   * @param {string} made.charterId
   * @param {Set<string>} made.usedKeys of invitations that are used up
   */
  constructor(made) {
    this.id = made.id;
    this.predecessor = made.predecessor;
    this.change = made.change;
    this.chain = made.chain;
    this.changes = made.changes;
    this.members = made.members;
    this.former = made.former;
    this.charter = made.charter;
    this.charterId = made.charterId;
    this.usedKeys = made.usedKeys;
  }

  /**
   * Return who holds a membership, null if nobody does in this epoch (C10).
   * @param {string} member
   * @returns {string | null}
   */
  person(member) {
    const found = [...this.members].find(([, held]) => held === member);
    return found ? found[0] : null;
  }

  /**
   * Return the epochs after an earlier one of the chain, the newest first.
   * @param {string} earlier
   * @returns {Epoch[]}
   */
  stepsAfter(earlier) {
    /** @type {Epoch[]} */
    const steps = [];
    for (let epoch = /** @type {Epoch | null} */ (this); epoch; epoch = epoch.predecessor) {
      if (epoch.id === earlier) break;
      steps.push(epoch);
    }
    return steps;
  }
}

/**
 * Name an epoch after its predecessor and the change (F38).
 * @param {string} predecessor
 * @param {string} change
 * @returns {string}
 */
export function nameEpoch(predecessor, change) {
  return encode(sha256(join(bytes("goround/epoch/1\0"), decode(predecessor), decode(change))));
}
