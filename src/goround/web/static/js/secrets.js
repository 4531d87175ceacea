/**
 * What a browser keeps beside the log of a collective: the secrets of invitations that were made
 * here, without which their links cannot be shown again, and notes that concern this browser alone.
 */

import { answered, transact } from "./database.js";
import { keyOf, newSeed } from "./keys.js";

/**
 * Make the key of an invitation, keep its secret, and return its public half.
 * @param {string} collective
 * @returns {Promise<string>}
 */
export async function newInvitation(collective) {
  const seed = newSeed();
  const { device } = await keyOf(seed);
  await keepInvitation(collective, device, seed);
  return device;
}

/**
 * Keep the secret of an invitation, so that its link can be shown.
 * @param {string} collective
 * @param {string} key
 * @param {Uint8Array} seed
 */
export async function keepInvitation(collective, key, seed) {
  await transact(["invitations"], "readwrite", (store) =>
    answered(store("invitations").put({ collective, key, seed })),
  );
}

/**
 * Give the secret of an invitation that was made in this browser, or null.
 * @param {string} collective
 * @param {string} key
 * @returns {Promise<Uint8Array | null>}
 */
export async function invitationSeed(collective, key) {
  const found = await transact(["invitations"], "readonly", (store) =>
    answered(store("invitations").get([collective, key])),
  );
  return found?.seed ?? null;
}

/**
 * Note something about a collective in this browser alone.
 * @param {string} collective
 * @param {string} name
 * @param {unknown} value
 */
export async function setNote(collective, name, value) {
  await transact(["notes"], "readwrite", (store) =>
    answered(store("notes").put({ collective, name, value })),
  );
}

/**
 * Give what was noted, or null.
 * @param {string} collective
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function note(collective, name) {
  const found = await transact(["notes"], "readonly", (store) =>
    answered(store("notes").get([collective, name])),
  );
  return found?.value ?? null;
}

/**
 * Note something as long as this browser is a device: what was forgotten leaves nothing behind.
 * @param {string} collective
 * @param {string} name
 * @param {unknown} value
 */
export async function noteHere(collective, name, value) {
  await transact(["devices", "notes"], "readwrite", async (store) => {
    if (!(await answered(store("devices").get(collective)))) return;
    await answered(store("notes").put({ collective, name, value }));
  });
}
