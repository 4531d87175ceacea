/**
 * What can go wrong in a browser, told apart by what a person can do about it. Each error carries
 * one sentence for people; `reason` is a short word that never changes its meaning.
 */

import { _ } from "./sentences.js";

/** Something cannot be done or read; every other error here is one. */
export class GoroundError extends Error {
  /**
   * @param {string} sentence
   * @param {string} [reason]
   */
  constructor(sentence, reason = "") {
    super(sentence);
    this.name = new.target.name;
    this.reason = reason;
  }
}

/** What came from elsewhere is not what it claims to be: none of it was kept. */
export class NotGenuine extends GoroundError {
  /**
   * @param {string} reason as docs/format.md has it
   * @param {string} sentence
   */
  constructor(reason, sentence) {
    super(sentence, reason);
  }
}

/** A rule, or the node, says no; nothing was signed. */
export class Refused extends GoroundError {
  /**
   * @param {string} sentence
   * @param {string} [reason]
   * @param {number} [status] of the node's answer
   */
  constructor(sentence, reason = "", status = 0) {
    super(sentence, reason);
    this.status = status;
  }
}

/** Nobody answers there just now: what was signed is kept, and goes out later. */
export class Unreachable extends GoroundError {}

/** Whoever has got a node's address, or stands in the way to it, is as good as nobody. */
export class NotANode extends Unreachable {
  constructor() {
    super(_("What answers there is not a Goround node."), "message");
  }
}
