/**
 * How one device of somebody lets another one in: it makes a key, signs that the key is theirs, and
 * gives the key away in a link. The link may lead to another address than this one's, because a
 * key belongs to the address whose pages made it; what was signed reaches a node there with
 * everything else, over a network or in a file.
 */

import { keyOf, newSeed } from "./keys.js";
import { proveDevice, writeSecret } from "./proofs.js";

/**
 * Sign that a new device is one's own, and give the link that makes a browser that device.
 * @param {import("./replica.js").Replica} replica
 * @param {{epoch: string, origin: string}} where the constitution that it begins in, and the node
 * @param {Record<string, any>} [words] how the device is called
 * @returns {Promise<{came: import("./replica.js").Signed, link: string}>}
 */
export async function letIn(replica, { epoch, origin }, words = {}) {
  const seed = newSeed();
  const came = await admit(replica, await keyOf(seed), words);
  const link = `${origin}/c/${replica.collective}/device#${writeSecret(seed, epoch)}`;
  return { came, link };
}

/**
 * Sign that the device with this key is one's own.
 * @param {import("./replica.js").Replica} replica
 * @param {{key: CryptoKey, device: string}} next
 * @param {Record<string, any>} [words] how it is called
 */
export async function admit(replica, { key, device }, words = {}) {
  const proof = await proveDevice(key, replica.collective, replica.device);
  return replica.sign({ type: "device_add", device, proof }, words);
}
