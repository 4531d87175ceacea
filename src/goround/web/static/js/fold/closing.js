/**
 * Deadlines are witnessed, not believed: members sign that a date has passed. Closing counts when
 * more than half of those who are not away signed it and the median of their claimed times is past
 * the date; it opens a window for those unheard, ended likewise. Mirrors collective/closing.py.
 */

import { PROTECTED } from "./charter.js";
import { away, staying } from "./members.js";
import { askers } from "./positions.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").View} View */

const DAY = 24 * 60 * 60 * 1000;

/** Return when a version may be closed (C53). @param {View} view @param {Entry} version */
function dateOf(view, version) {
  const { charter, members } = view.epoch;
  const { matter, until } = version.fact;
  const notice = version.at + Number(charter[`${matter}_notice`]) * DAY;
  const isAsked = [...askers(view, version)].some((person) => members.has(person));
  return Math.max(until, notice) + (isAsked ? Number(charter.more_time_days) * DAY : 0);
}

/**
 * Tell whether a version's date has passed, as the members witness it (C55).
 * @param {View} view
 * @param {Entry} version
 * @returns {boolean}
 */
function closed(view, version) {
  if (PROTECTED.has(version.fact.matter)) return false;
  const first = view.said("close", version.id).filter((close) => !knew(view, close, version));
  return witnessed(view, first, dateOf(view, version));
}

/**
 * Tell whether the window for those unheard has ended too (C55).
 * @param {View} view
 * @param {Entry} version
 */
export function windowEnded(view, version) {
  if (!closed(view, version)) return false;
  const second = view.said("close", version.id).filter((close) => knew(view, close, version));
  const days = Number(view.epoch.charter[`${version.fact.matter}_window`]);
  return witnessed(view, second, dateOf(view, version) + days * DAY);
}

/**
 * Tell whether whoever signed knew that the date had passed; asked once per epoch and close.
 * @param {View} view
 * @param {Entry} close
 * @param {Entry} version
 * @returns {boolean}
 */
function knew(view, close, version) {
  const { knewClosed, pasts } = view.record;
  const place = `${view.epoch.id} ${close.id}`;
  const known = knewClosed.get(place) ?? closed(view.at(pasts.before(close.id)), version);
  knewClosed.set(place, known);
  return known;
}

/**
 * Tell whether more than half of those here signed, and the lower median of their clocks is past a
 * date (C54).
 * @param {View} view
 * @param {Entry[]} closes
 * @param {number} date
 */
function witnessed(view, closes, date) {
  const present = [...staying(view)].filter((person) => !away(view).has(person));
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const close of closes) {
    const person = view.person(close);
    if (present.includes(person)) times.set(person, Math.max(close.at, times.get(person) ?? 0));
  }
  if (2 * times.size <= present.length) return false;
  const sorted = [...times.values()].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] >= date;
}
