/**
 * Which decisions an event completes, without asking about each one that ever was. Each device
 * remembers the versions that its last event left undecided; of those only the ones are asked
 * about again that something touched which is new to the device. What can touch all at once (a new
 * epoch, a seal of one that is over, somebody's going away, coming back or leaving, a device found
 * out or retired) has everything asked about again. A shortcut that changes no answer. Mirrors
 * collective/waiting.py.
 */

import { completionAt, decided } from "./decisions.js";
import { inOrder } from "./entry.js";
import { current, proposalOf } from "./proposals.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").View} View */

/**
 * What a device's newest event left undecided, and how far it had looked: `looked` counts the
 * versions and `touched` the touches known here then; of the proposals `ahead` more was known here
 * than to the device.
 * @typedef {object} Waiting
 * @property {string} event
 * @property {string} epoch
 * @property {string} upsets
 * @property {number} looked
 * @property {number} touched
 * @property {Map<string, Entry>} undecided
 * @property {Set<string>} ahead
 */

const TOUCHES_ALL = ["away", "back", "leave", "device_retire"];

/**
 * Record what an event completes; the view is its own past, itself included (C59).
 * @param {View} view
 * @param {Entry} entry
 */
export function complete(view, entry) {
  const { record } = view;
  const known = upsets(view);
  const last = rememberedOf(view, known, entry.device, entry.prev);
  const undecided = new Map(last?.undecided);
  for (const version of toAsk(view, last)) {
    undecided.delete(version.id);
    const completion = completionAt(view, entry.id, version);
    if (completion) record.completions.put(version.id, completion);
    else if (!isOver(view, version)) undecided.set(version.id, version);
  }
  record.waiting.set(entry.device, {
    ...{ event: entry.id, epoch: view.epoch.id, upsets: known, undecided },
    ...{ looked: record.allVersions.length, touched: record.touches.length },
    ahead: aheadOf(view, last),
  });
}

/** Return what a device remembers, unless something since can touch all of it.
 * @param {View} view @param {string} known @param {string} device @param {string} [prev] */
function rememberedOf(view, known, device, prev) {
  const last = view.record.waiting.get(device);
  if (!last || (prev !== undefined && prev !== last.event)) return null;
  return last.epoch === view.epoch.id && last.upsets === known ? last : null;
}

/**
 * Return the versions that may not be decided for a device.
 * @param {View} view
 * @param {string} device
 * @returns {Entry[]}
 */
export function candidates(view, device) {
  return toAsk(view, rememberedOf(view, upsets(view), device));
}

/** @param {View} view @param {Waiting | null} last @returns {Entry[]} */
function toAsk({ record: { allVersions, touches } }, last) {
  if (!last) return [...allVersions];
  const touched = new Set(touches.slice(last.touched).map(([proposal]) => proposal));
  const known = [...last.undecided.values()].filter((version) => {
    const proposal = proposalOf(version);
    return touched.has(proposal) || last.ahead.has(proposal);
  });
  return [...known, ...allVersions.slice(last.looked)];
}

/** Return the proposals that were touched by what this past does not hold yet.
 * @param {View} view @param {Waiting | null} last @returns {Set<string>} */
function aheadOf({ record, past }, last) {
  const fresh = record.touches.slice(last?.touched ?? 0);
  const behind = fresh.filter(([, event]) => !past.has(event)).map(([proposal]) => proposal);
  const older = [...(last?.ahead ?? [])].filter((proposal) =>
    record.touching.about(proposal).some((event) => !past.has(event)),
  );
  return new Set([...behind, ...older]);
}

/** Tell whether nothing that this device signs next can complete a version.
 * @param {View} view @param {Entry} version */
function isOver(view, version) {
  if (!view.counts(version)) return false;
  if (decided(view, version.id)) return true;
  const newest = current(view, proposalOf(version));
  return newest !== undefined && inOrder(newest, version) > 0;
}

/** Tell what this past knows of that can touch every proposal at once. @param {View} view */
function upsets({ record, past, epoch }) {
  const known = TOUCHES_ALL.flatMap((kind) => record.byKind.about(kind));
  const late = record.byKind.about("seal").filter(({ fact }) => fact.epoch !== epoch.id);
  const count = [...known, ...late].filter(({ id }) => past.has(id)).length;
  return [count, ...[...record.forked].map((device) => past.forked(device))].join();
}
