/**
 * What is to be done, taken and put down by people themselves, and words that somebody erases.
 * Here is only who may sign that: what a task is and what is shown stays with the pages. Mirrors
 * the rules of collective/tasks.py and collective/erasure.py.
 */

import { decided } from "./decisions.js";
import { nowKnownAs } from "./members.js";
import { findVersion } from "./proposals.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./record.js").View} View */

/**
 * Tell why somebody cannot take that step with a task (C68).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotStep(view, entry) {
  const { task, step } = entry.fact;
  if (!isTask(view, task)) return "not-a-task";
  return step === "take" || holds(view, task, view.person(entry)) ? null : "not-holding";
}

/** Tell whether a task was decided; it is named VERSION.PLACE.
 * @param {View} view @param {string} task */
function isTask(view, task) {
  const [id, place] = task.split(".");
  const version = findVersion(view, id);
  return version?.fact.effects[Number(place)]?.do === "task" && decided(view, id);
}

/** @param {View} view @param {string} task @param {string} person */
function holds(view, task, person) {
  const own = view
    .said("task", task)
    .filter((entry) => nowKnownAs(view, view.person(entry)) === person);
  const steps = own.map(({ fact }) => fact.step);
  return steps.lastIndexOf("take") > steps.lastIndexOf("put-down");
}

/**
 * Tell why somebody cannot erase an event's words (C69).
 * @param {View} view
 * @param {Entry} entry
 */
export function whyNotErase(view, entry) {
  const written = view.find(entry.fact.event);
  if (!written) return "not-known";
  if (view.person(written) !== view.person(entry)) return "not-the-author";
  return written.words ? null : "nothing-to-erase";
}
