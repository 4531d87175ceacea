/**
 * How far this browser has looked for what it owes. Where nothing came since, nothing is judged
 * again: most pages are opened to be read, and a long life takes a phone seconds to judge. Another
 * version of the program looks anew, because it may find something that this one did not.
 */

import * as kept from "./kept.js";

const PROGRAM = new URL(".", import.meta.url).pathname;

/**
 * Note that nothing is owed for the events that were here.
 * @param {string} collective
 * @param {number} count how many these are
 */
export function noteTended(collective, count) {
  return kept.noteHere(collective, "tended", [PROGRAM, count]);
}

/**
 * Wait until there is something that nobody looked at for what is owed.
 * @param {string} collective
 */
export async function somethingCame(collective) {
  const channel = new BroadcastChannel(`goround ${collective}`);
  const came = new Promise((resolve) => channel.addEventListener("message", resolve));
  if (await isTended(collective)) await came; // asked for first, so that nothing slips through
  channel.close();
}

/** @param {string} collective */
async function isTended(collective) {
  const [program, count] = (await kept.note(collective, "tended")) ?? [];
  return program === PROGRAM && count === (await kept.tips(collective)).count;
}
