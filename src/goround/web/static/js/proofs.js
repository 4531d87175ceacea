/**
 * What a key says about something outside a chain: that a device may come in on an invitation, that
 * a new device agrees to be added, that a device or an invitation answers a node's nonce. Each kind
 * has its own tag and names the collective, so that none can be carried elsewhere. Rules F28 to F31
 * and F37 of docs/format.md.
 */

import { bytes, decode, encode, join } from "./encoding.js";
import { isGenuine, keyOf, sign } from "./keys.js";

/**
 * Let an invitation's key say that a device may come in on it: `proof` of `accept` (F28).
 * @param {CryptoKey} invitation
 * @param {string} collective
 * @param {string} device
 * @returns {Promise<string>}
 */
export function proveInvitation(invitation, collective, device) {
  return sign(invitation, "invitation", join(decode(collective), decode(device)));
}

/**
 * Let a new key agree to be added by a device: `proof` of `device_add` (F29).
 * @param {CryptoKey} added
 * @param {string} collective
 * @param {string} adding
 * @returns {Promise<string>}
 */
export function proveDevice(added, collective, adding) {
  return sign(added, "device", join(decode(collective), decode(adding)));
}

/**
 * Answer a node's nonce as a device, for the node's own origin and no other (F30).
 * @param {CryptoKey} key
 * @param {string} collective
 * @param {string} nonce
 * @param {string} origin
 * @returns {Promise<string>}
 */
export function proveSession(key, collective, nonce, origin) {
  return sign(key, "session", answer(collective, nonce, origin));
}

/**
 * Answer a node's nonce as whoever holds an invitation, to read the card (F31).
 * @param {CryptoKey} invitation
 * @param {string} collective
 * @param {string} nonce
 * @param {string} origin
 * @returns {Promise<string>}
 */
export function proveCard(invitation, collective, nonce, origin) {
  return sign(invitation, "card", answer(collective, nonce, origin));
}

/** @param {string} collective @param {string} nonce @param {string} origin */
function answer(collective, nonce, origin) {
  return join(decode(collective), decode(nonce), bytes(origin));
}

/**
 * Tell whether an invitation's key let this device in.
 * @param {string} key
 * @param {string} collective
 * @param {string} device
 * @param {string} proof
 * @returns {Promise<boolean>}
 */
export function provesInvitation(key, collective, device, proof) {
  return holds(key, "invitation", () => join(decode(collective), decode(device)), proof);
}

/**
 * Tell whether a new device agreed to be added by this one.
 * @param {string} added
 * @param {string} collective
 * @param {string} adding
 * @param {string} proof
 * @returns {Promise<boolean>}
 */
export function provesDevice(added, collective, adding, proof) {
  return holds(added, "device", () => join(decode(collective), decode(adding)), proof);
}

/**
 * Tell whether a key answered a nonce, as a device ("session") or with an invitation ("card").
 * @param {"session" | "card"} tag
 * @param {string} key
 * @param {{collective: string, nonce: string, origin: string}} asked
 * @param {string} proof
 * @returns {Promise<boolean>}
 */
export function provesAnswer(tag, key, { collective, nonce, origin }, proof) {
  return holds(key, tag, () => answer(collective, nonce, origin), proof);
}

/** @param {string} key @param {string} tag @param {() => Uint8Array} write @param {string} proof */
async function holds(key, tag, write, proof) {
  let message;
  try {
    message = write();
  } catch {
    return false;
  }
  return isGenuine(key, tag, message, proof);
}

/**
 * Write what stands behind the # of a link: an invitation's or a new device's (F37).
 * @param {Uint8Array} seed
 * @param {string} epoch
 * @returns {string}
 */
export function writeSecret(seed, epoch) {
  return encode(join(seed, decode(epoch)));
}

/**
 * Read what stands behind the # of a link; a RangeError if it is damaged (F37).
 * @param {string} secret
 * @returns {Promise<{key: CryptoKey, device: string, seed: Uint8Array, epoch: string}>}
 */
export async function readSecret(secret) {
  const raw = decode(secret, 64);
  const [seed, epoch] = [raw.slice(0, 32), encode(raw.slice(32))];
  return { ...(await keyOf(seed)), seed, epoch };
}
