/**
 * What a browser signs by itself while one of its tabs is open: nominations, seals, that it has
 * heard of something, and an acceptance anew where nothing was changed that the newcomer was
 * shown. None of these carries an opinion. Each is judged by this browser's own fold over its own
 * copy of the log, never by what the node says, and signed at the very place in the graph that was
 * judged. This is a worker's module: page.js starts one in the leading tab, named after the
 * collective.
 */

import { writeAct } from "./acts.js";
import { GoroundError } from "./errors.js";
import { signEvent } from "./event.js";
import { Fold } from "./fold/fold.js";
import * as kept from "./kept.js";
import { openReplica } from "./replica.js";
import { noteTended } from "./tended.js";
import { isForked, nextPlace } from "./tips.js";

/** Events signed by itself, one after the other: far more than it ever must. */
const MOST_BY_ITSELF = 200;
/** So often the log may grow while a place is looked at, before it is left for the next time. */
const MOST_TRIES = 20;
const WITHOUT_OPINION = new Set(["nominate", "seal", "heard", "accept"]);

/** @typedef {import("./event.js").Event} Event */

/** One collective's fold, kept up to date with what this browser keeps. */
export class Tending {
  /** @param {import("./replica.js").Replica} replica */
  constructor(replica) {
    this.replica = replica;
    this.fold = new Fold(replica.collective);
    this.row = 0;
    this.count = 0;
  }

  /** Judge what was kept since the last time. */
  async learn() {
    for (const { row, ...event } of await this.replica.events(this.row)) {
      this.row = row;
      if (this.fold.add(event)) this.count += 1;
    }
  }

  /**
   * Sign whatever this device owes, and hand it over; tell how many events that was. Words that
   * were erased are dropped here too.
   * @returns {Promise<number>}
   */
  async tend() {
    let signed = 0;
    while (signed < MOST_BY_ITSELF && (await this.#signNext())) signed += 1;
    if (signed > 0) await handedOver(this.replica);
    await kept.eraseWords(this.replica.collective, [...this.fold.erased(this.replica.device)]);
    return signed;
  }

  /** Sign one act under the lock that all signing takes; false where nothing is owed. */
  #signNext() {
    return navigator.locks.request(`goround ${this.replica.collective}`, async () => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const tips = await kept.tips(this.replica.collective);
        await this.learn();
        if (this.count !== tips.count) continue; // more came in between than this place has seen
        const event = await this.#owed(tips);
        if (event === null) return false;
        if (await kept.keepSigned({ ...event, proved: true })) return this.#isSaid(event);
      }
      return false;
    });
  }

  /**
   * Make the event that this device owes at a place that the fold has judged, if it owes any.
   * @param {import("./tips.js").Tips} tips
   * @returns {Promise<Event | null>}
   */
  async #owed(tips) {
    const { collective, device } = this.replica;
    const act = isForked(tips) ? null : this.fold.nextOf(device);
    if (act === null || !WITHOUT_OPINION.has(act.type)) return null;
    const said = { collective, place: nextPlace(tips), at: Date.now(), act: writeAct(act) };
    return signEvent(this.replica, said);
  }

  /** Look at what was signed as everybody will: what counts for nothing is not said again.
   * @param {Event} event */
  async #isSaid({ id }) {
    this.replica.channel.postMessage({ fresh: 1 });
    await this.learn();
    return this.fold.whyVoid(id) === null;
  }
}

/** Hand over what was signed; where that is not possible now, page.js does it later.
 * @param {import("./replica.js").Replica} replica */
async function handedOver(replica) {
  try {
    await replica.send();
  } catch (error) {
    if (!(error instanceof GoroundError)) throw error;
  }
}

/**
 * Ask the node what else there is: a browser can have been restored from a copy, and would sign
 * twice what it has said since. False as long as nobody can be reached, or what comes is rubbish.
 * @param {import("./replica.js").Replica} replica
 */
async function caughtUp(replica) {
  try {
    await replica.catchUp();
    return true;
  } catch (error) {
    if (error instanceof GoroundError) return false;
    throw error;
  }
}

// ------------------------------------------------------------------------------------ the worker

/** Tend a collective now, and again whenever something new arrived.
 * @param {string} collective */
async function start(collective) {
  const replica = await openReplica(collective);
  if (replica === null) return close();
  const tending = new Tending(replica);
  let [isCurrent, isBusy, isAgain] = [false, false, false];

  async function round() {
    isCurrent ||= await caughtUp(replica);
    if (!isCurrent) return;
    const signed = await tending.tend();
    if (signed < MOST_BY_ITSELF) await noteTended(collective, tending.count);
    if (signed > 0) postMessage({ type: "signed", n: signed });
  }

  async function rounds() {
    isAgain = true;
    if (isBusy) return;
    isBusy = true;
    try {
      for (; isAgain; await round()) isAgain = false;
    } finally {
      isBusy = false; // whatever went wrong, the next message has it tried again
    }
  }

  const again = () => void rounds().catch(reportError);
  addEventListener("message", again);
  addEventListener("online", again);
  replica.channel.addEventListener("message", again);
  await rounds();
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  start(self.name).catch(reportError);
}
