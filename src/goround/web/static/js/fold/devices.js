/**
 * What people sign with: whose a device is, and which of them keeps the constitution for its
 * member. What a device said is taken as not given where it is found out to have signed two
 * histories, or where it was retired before. Mirrors collective/devices.py.
 */

import { inOrder } from "./entry.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").View} View */

/**
 * Return what let a further device in: the first in order, if several claim it (C3).
 * @param {import("./record.js").Record} record
 * @param {string} device
 * @param {import("../past.js").Past} past
 * @returns {Entry | undefined}
 */
export function introducedBy(record, device, past) {
  const added = record.bySubject.about(`device_add ${device}`);
  return added.filter(({ id }) => past.has(id)).sort(inOrder)[0];
}

/**
 * Return whose a device is in this past, null for a stranger's (C3).
 * @param {View} view
 * @param {string} device
 * @returns {string | null}
 */
export function owner({ record, past }, device) {
  const firsts = record.firsts.about(device).filter(({ id }) => past.has(id));
  const first = firsts.sort(inOrder)[0] ?? introducedBy(record, device, past);
  return first ? (record.persons.get(first.id) ?? null) : null;
}

/**
 * Tell whether a device was retired (C5).
 * @param {View} view
 * @param {string} device
 */
export function retired(view, device) {
  return retirements(view, device).length > 0;
}

/**
 * Return the retirements of a device in this past, on whatever way they were signed.
 * @param {View} view
 * @param {string} device
 */
function retirements({ record, past }, device) {
  return record.bySubject.about(`device_retire ${device}`).filter(({ id }) => past.has(id));
}

/**
 * Tell whether a word is taken back by its device's fork: from the fork on (C40).
 * @param {View} view
 * @param {Entry} entry
 */
export function notGiven(view, entry) {
  const fork = view.past.forked(entry.device);
  return fork !== null && entry.seq >= fork;
}

/**
 * Tell whether a device said this outside the past of its own retirement (C38).
 * @param {View} view
 * @param {Entry} entry
 */
export function afterRetirement(view, entry) {
  return retirements(view, entry.device).some((end) => !view.record.before(entry, end));
}

/**
 * Return the device that keeps the constitution for a member (C39).
 * @param {View} view
 * @param {string} person
 * @returns {string}
 */
export function sealingDevice(view, person) {
  const claims = view.said("take_over", person).filter((one) => !afterRetirement(view, one));
  return claims[claims.length - 1]?.device ?? person;
}

/**
 * Tell why a device cannot be added (C37).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotAdd(view, { proved, fact }) {
  if (!proved) return "not-proved";
  return owner(view, fact.device) === null ? null : "belongs-to-somebody";
}

/**
 * Tell why a device cannot be retired (C37).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotRetire(view, entry) {
  return owner(view, entry.fact.device) === view.person(entry) ? null : "not-own-device";
}
