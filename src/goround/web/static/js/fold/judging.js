/**
 * May somebody say this here? First whether its device counts for anything at all, whatever it says;
 * then the rule of its kind. Mirrors collective/judging.py.
 */

import { whyNotConfirm, whyNotSettled } from "./concerns.js";
import { inForce, whyNotFollow, whyNotHeard } from "./constitution.js";
import { whyTooLate } from "./decisions.js";
import { retired, whyNotAdd, whyNotRetire } from "./devices.js";
import { MALFORMED, UNKNOWN } from "./entry.js";
import { joining, leaving, whyNotAccept, whyNotTakeBack, whyNotWelcome } from "./members.js";
import { whyNotPosition } from "./positions.js";
import {
  findVersion,
  whyNotCarry,
  whyNotOnVersion,
  whyNotPropose,
  whyNotSay,
  whyNotWithdraw,
} from "./proposals.js";
import { whyNotHearing } from "./release.js";
import { whyNotNextVersion, whyNotReopen, whyNotReview } from "./reopening.js";
import { whyNotNominate, whyNotSeal } from "./sealing.js";
import { whyNotErase, whyNotStep } from "./tasks.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Fact} Fact */
/** @typedef {import("./record.js").View} View */

/** Reasons for which a device's events complete nothing, whatever their kind (C59). */
export const SILENCING = new Set(["stranger", "device-forked", "device-retired", "not-a-member"]);
/** What somebody who has signed their leaving still signs (C5). */
const AFTER_LEAVING = new Set([
  ...["nominate", "seal", "heard", "follow"],
  ...["device_add", "device_retire", "take_over"],
]);
/** What somebody who is joining may do: speak, and nothing that moves what others said (C5). */
const WHILE_JOINING = new Set([
  ...["propose", "position", "say", "suggest", "concern", "settled", "name", "erase"],
  ...["heard", "leave", "device_add", "device_retire", "take_over", UNKNOWN],
]);

/** @typedef {(view: View, entry: Entry) => string | null} Rule */
/** @type {Rule} */
const always = () => null;

/** The rule of each kind (C1); `accept` needs more than a view and an entry.
 * @type {Record<string, Rule>} */
const RULES = {
  [UNKNOWN]: () => "unknown-kind",
  [MALFORMED]: () => "malformed",
  found: () => "not-the-founding",
  accept: (view, entry) => whyNotAccept(view, entry, named(view, entry)),
  welcome: whyNotWelcome,
  take_back: whyNotTakeBack,
  leave: always,
  away: always,
  back: always,
  name: always,
  device_add: whyNotAdd,
  device_retire: whyNotRetire,
  take_over: always,
  propose: whyNotPropose,
  version: whyNotNextVersion,
  carry: whyNotCarry,
  withdraw: whyNotWithdraw,
  say: whyNotSay,
  suggest: whyNotOnVersion,
  concern: whyNotOnVersion,
  settled: whyNotSettled,
  position: (view, entry) => tooLate(view, entry) ?? whyNotPosition(view, entry),
  confirm: whyNotConfirm,
  close: (view, entry) => tooLate(view, entry) ?? whyNotOnVersion(view, entry),
  hearing: whyNotHearing,
  reopen: whyNotReopen,
  review: whyNotReview,
  nominate: whyNotNominate,
  seal: whyNotSeal,
  heard: whyNotHeard,
  follow: whyNotFollow,
  erase: whyNotErase,
  task: whyNotStep,
};

/** Ask the rule of an entry's kind (C1). @param {View} view @param {Entry} entry */
export function whyNot(view, entry) {
  return RULES[entry.fact.type](view, entry);
}

/** @param {View} view @param {Entry} entry */
function named(view, { fact }) {
  return inForce(view.record, view.past, fact.epoch);
}

/** @param {View} view @param {Entry} entry */
function tooLate(view, { fact }) {
  const version = findVersion(view, fact.version);
  return version && whyTooLate(view, version);
}

/** Tell why whatever this device says counts for nothing (C5).
 * @param {View} view @param {Entry} entry @returns {string | null} */
export function whySilent(view, entry) {
  const { device, fact } = entry;
  const person = view.record.persons.get(entry.id) ?? null;
  if (person === null) return "stranger";
  const isDeparting = fact.type === "leave" || fact.type === "device_retire";
  if (view.past.forked(device) !== null && !isDeparting) return "device-forked";
  if (retired(view, device)) return "device-retired";
  if (leaving(view).has(person) && !AFTER_LEAVING.has(fact.type)) return "has-left";
  return view.epoch.members.has(person) ? null : whyNotJoining(view, fact, person);
}

/** @param {View} view @param {Fact} fact @param {string} person */
function whyNotJoining(view, fact, person) {
  if (fact.type === "accept") return null;
  if (view.epoch.former.has(person)) return "not-a-member";
  if (!joining(view).has(person)) return "stranger";
  return WHILE_JOINING.has(fact.type) ? null : "not-a-member";
}
