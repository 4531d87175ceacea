/**
 * Keys and signatures: everything that WebCrypto is asked for. A device's key is made so that no
 * script can ever read it, and every signature names its purpose, so that none stands in for
 * another. Verifiers of Ed25519 disagree on edge cases; what the others refuse is refused here by
 * name before WebCrypto is asked. Rules F10 to F12 of docs/format.md.
 */

import { bytes, chance, decode, encode, join } from "./encoding.js";
import { GoroundError } from "./errors.js";
import { _ } from "./sentences.js";

const ED25519 = { name: "Ed25519" };
const PKCS8_OF_SEED = [
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/** Some key that is one. */
const BASE_POINT = "WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY";

/** The eight points of small order, in all fourteen spellings (F12). */
const SMALL_ORDER = new Set(
  [
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA",
    "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA",
    "JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_AU",
    "JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_IU",
    "xxdqcD1N2E-6PAt2DRBnDyogU_osOczGTsf9d5KsA3o",
    "xxdqcD1N2E-6PAt2DRBnDyogU_osOczGTsf9d5KsA_o",
    "7P_______________________________________38",
    "7P________________________________________8",
    "7f_______________________________________38",
    "7f________________________________________8",
    "7v_______________________________________38",
    "7v________________________________________8",
  ],
);

/**
 * Make the key of a device. Nobody can read it: not a script, not the browser's own pages.
 * @returns {Promise<{key: CryptoKey, device: string}>}
 */
export async function newKey() {
  await checkAble();
  const made = await crypto.subtle.generateKey(ED25519, false, ["sign", "verify"]);
  const pair = /** @type {CryptoKeyPair} */ (made);
  const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
  return { key: pair.privateKey, device: encode(new Uint8Array(raw)) };
}

/** Throw where this browser cannot sign what other replicas understand. */
async function checkAble() {
  try {
    await crypto.subtle.importKey("raw", decode(BASE_POINT), ED25519, false, ["verify"]);
  } catch {
    throw new GoroundError(
      _(
        "This browser cannot speak for you: it is too old, or this page did not come over https. " +
          "Use a newer browser.",
      ),
    );
  }
}

/**
 * Draw the 32 secret bytes that an invitation's key is made from.
 * @returns {Uint8Array}
 */
export function newSeed() {
  return chance(32);
}

/**
 * Make the key that belongs to 32 secret bytes, such as those in a link.
 * @param {Uint8Array} seed
 * @returns {Promise<{key: CryptoKey, device: string}>}
 */
export async function keyOf(seed) {
  const pkcs8 = join(Uint8Array.from(PKCS8_OF_SEED), seed);
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, ED25519, false, ["sign"]);
  const open = await crypto.subtle.importKey("pkcs8", pkcs8, ED25519, true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", open);
  return { key, device: /** @type {string} */ (x) };
}

/**
 * Put the purpose in front of a message (F10).
 * @param {string} tag
 * @param {Uint8Array} message
 */
export function tagged(tag, message) {
  return join(bytes(`goround/${tag}/1\0`), message);
}

/**
 * Sign a message for one purpose alone, and write the signature as text.
 * @param {CryptoKey} key
 * @param {string} tag
 * @param {Uint8Array} message
 * @returns {Promise<string>}
 */
export async function sign(key, tag, message) {
  return encode(new Uint8Array(await crypto.subtle.sign(ED25519, key, tagged(tag, message))));
}

/**
 * Tell whether a device signed this message for this purpose (F11, F12).
 * @param {string} device
 * @param {string} tag
 * @param {Uint8Array} message
 * @param {string} signature
 * @returns {Promise<boolean>}
 */
export async function isGenuine(device, tag, message, signature) {
  const [key, signed] = [read(device, 32), read(signature, 64)];
  if (!key || !signed || !isCanonical(key)) return false;
  if (SMALL_ORDER.has(device) || SMALL_ORDER.has(encode(signed.subarray(0, 32)))) return false;
  try {
    const open = await crypto.subtle.importKey("raw", key, ED25519, false, ["verify"]);
    return await crypto.subtle.verify(ED25519, open, signed, tagged(tag, message));
  } catch {
    return false; // a key that is no point of the curve
  }
}

/** @param {string} text @param {number} length */
function read(text, length) {
  try {
    return /** @type {Uint8Array<ArrayBuffer>} */ (decode(text, length));
  } catch {
    return null;
  }
}

/**
 * Tell whether the y of a key is below 2^255-19: larger ones are second spellings of small ones.
 * @param {Uint8Array} key
 */
function isCanonical(key) {
  const isLargest = key.subarray(1, 31).every((byte) => byte === 0xff) && (key[31] | 0x80) === 0xff;
  return !isLargest || key[0] < 0xed;
}
