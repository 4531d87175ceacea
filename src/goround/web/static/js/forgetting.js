/**
 * How a browser lets go of a collective: the key, the copy of everything that was said, and the
 * session. Nobody else is told; whoever leaves a device that still speaks for them retires it first.
 */

import { forget } from "./kept.js";
import { ask } from "./node.js";

/**
 * Delete all that this browser keeps of a collective, for good.
 * @param {string} collective
 */
export async function forgetAll(collective) {
  await forget(collective);
  await ask("POST", `/c/${collective}/session/end`).catch(() => {}); // it ends by itself as well
}
