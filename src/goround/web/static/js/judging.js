/**
 * The proofs inside acts, looked at once, when an event is kept: WebCrypto answers later, and the
 * fold, which needs to know, asks for nothing that has to be waited for.
 */

import * as kept from "./kept.js";
import { provesDevice, provesInvitation } from "./proofs.js";

/** @typedef {import("./event.js").Event} Event */

/**
 * Look at the proof inside an act, where there is one: of an acceptance, or of an added device.
 * @param {string} collective
 * @param {Event} event
 * @param {Map<string, Event>} [known] events that came with it
 * @returns {Promise<import("./kept.js").Judged>}
 */
export async function judged(collective, event, known = new Map()) {
  return { ...event, proved: await isProved(collective, event.head, known) };
}

/** @param {string} collective @param {any} head @param {Map<string, Event>} known */
async function isProved(collective, { act, device }, known) {
  if (act.type === "device_add") return provesDevice(act.device, collective, device, act.proof);
  if (act.type !== "accept") return true;
  const version = known.get(act.version) ?? (await kept.event(collective, String(act.version)));
  const effect = version?.head.act.effects?.[act.effect];
  if (effect?.do !== "invite") return true;
  return provesInvitation(effect.key, collective, device, act.proof);
}
