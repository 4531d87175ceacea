/**
 * How long a node is waited for. Whoever pressed a button hears of it within some seconds, whatever
 * the network does: what they said is kept then, and goes out later.
 */

import { Unreachable } from "./errors.js";
import { _ } from "./sentences.js";

/** Milliseconds. */
const MOST_WAITING = 8000;

/**
 * Wait for the node as long as somebody who pressed a button may be kept waiting; what was begun
 * goes on all the same.
 * @template Answer
 * @param {Promise<Answer>} work
 * @returns {Promise<Answer>}
 */
export async function soon(work) {
  let timer = 0;
  const late = new Promise((_resolve, reject) => {
    const tooLate = () => reject(new Unreachable(_("Nobody answers there just now.")));
    timer = setTimeout(tooLate, MOST_WAITING);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // whoever asks next hears of it
  }
}

/**
 * Tell whether anybody was there to do something with.
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>}
 */
export async function isThere(work) {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Unreachable) return false;
    throw error;
  }
}

/**
 * Wait, but no longer than until there is a network again.
 * @param {number} pause
 * @returns {Promise<void>}
 */
export function pausing(pause) {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, pause);
    function finish() {
      clearTimeout(timer);
      removeEventListener("online", finish);
      resolve(undefined);
    }
    addEventListener("online", finish);
  });
}

/**
 * Fetch a part of the program that few people need.
 * @template Part
 * @param {Promise<Part>} coming
 * @returns {Promise<Part>}
 */
export function part(coming) {
  return coming.catch(() => {
    throw new Unreachable(_("Nobody answers there just now."));
  });
}
