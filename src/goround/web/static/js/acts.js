/**
 * What stands in an act, and what in the words that go with it: the only list of kinds in the
 * browser, as the table in docs/format.md has it. Fields go in the same order as in every other
 * replica, so the same thing said becomes the same bytes; what does not fit is never signed.
 */

import { isId } from "./encoding.js";
import { GoroundError } from "./errors.js";
import { _ } from "./sentences.js";

/** @typedef {(value: any) => boolean} Fits */
/** @typedef {Record<string, Fits>} Fields */

const SIGNATURE = /^[A-Za-z0-9_-]{85}[AQgw]$/;
const TASK = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]\.(0|[1-9]|[12][0-9]|3[01])$/;
const MOST_EFFECTS = 32;
const MOST_BEHIND = 64;

/** @type {Fits} */
const whole = (value) => Number.isSafeInteger(value) && value >= 0;
/** @type {(...words: string[]) => Fits} */
const among = (...words) => (value) => words.includes(value);
/** @type {Fits} */
const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** @type {Fits} */
const rules = (value) =>
  isObject(value) && Object.values(value).every((one) => whole(one) || typeof one === "string");
/** @type {Fits} */
const truth = (value) => typeof value === "boolean";

export const STANCES = ["agree", "reservations", "leave-it", "aside", "time", "block"];
export const MATTERS = ["everyday", "agreement", "money", "membership", "charter", "neighbours"];

/** Each effect has exactly these fields, after `do`. @type {Record<string, Fields>} */
export const EFFECTS = {
  invite: { key: isId, replaces: isId },
  release: { member: isId },
  charter: { from: isId, set: rules },
  adopt: {},
  end: { agreement: isId },
  task: { by: whole },
  erase: { event: isId },
};

/** Which text people write about an effect; the other effects have none. */
export const WRITTEN = /** @type {Record<string, string>} */ ({ invite: "name", task: "what" });

const MATTER_OF = /** @type {Record<string, string>} */ ({
  ...{ invite: "membership", release: "membership", charter: "charter" },
  ...{ adopt: "agreement", end: "agreement", erase: "agreement" },
});

/** @type {Fits} */
const effects = (value) =>
  Array.isArray(value) && value.length <= MOST_EFFECTS && value.every(isEffect);

const TERMS = { matter: among(...MATTERS), effects, review: whole, until: whole };

/** Each kind has exactly these fields, after `type`. @type {Record<string, Fields>} */
export const ACTS = {
  found: { nonce: isId, charter: rules, rules: (value) => whole(value) && value >= 1 },
  accept: {
    ...{ version: isId, effect: (value) => whole(value) && value < MOST_EFFECTS, epoch: isId },
    proof: (value) => typeof value === "string" && SIGNATURE.test(value),
    behind: (value) =>
      Array.isArray(value) && value.length <= MOST_BEHIND && value.every(isId),
  },
  welcome: { device: isId },
  take_back: { version: isId },
  leave: {},
  away: {},
  back: {},
  name: {},
  device_add: {
    device: isId,
    proof: (value) => typeof value === "string" && SIGNATURE.test(value),
  },
  device_retire: { device: isId },
  take_over: {},
  propose: TERMS,
  version: { proposal: isId, prev: isId, ...TERMS },
  carry: { proposal: isId },
  withdraw: { proposal: isId },
  say: { on: isId },
  suggest: { version: isId },
  concern: { version: isId },
  settled: { concern: isId },
  position: { version: isId, stance: among(...STANCES) },
  confirm: { position: isId },
  close: { version: isId },
  hearing: { proposal: isId },
  reopen: { version: isId },
  review: { version: isId, keep: truth },
  nominate: { epoch: isId, round: whole, change: isId },
  seal: { epoch: isId, round: whole, change: (value) => value === "" || isId(value) },
  heard: { of: isId },
  follow: { epoch: isId },
  erase: { event: isId },
  task: {
    task: (value) => typeof value === "string" && TASK.test(value),
    step: among("take", "put-down", "done", "not-done"),
  },
};

const OPTIONAL = new Set(["replaces"]);

/** @param {any} value */
function isEffect(value) {
  const isKnown = typeof value?.do === "string" && Object.hasOwn(EFFECTS, value.do);
  if (!isObject(value) || !isKnown) return false;
  return hasExactly(value, "do", EFFECTS[value.do]);
}

/** @param {Record<string, any>} value @param {string} tag @param {Fields} fields */
function hasExactly(value, tag, fields) {
  const known = Object.keys(value).every((key) => key === tag || Object.hasOwn(fields, key));
  return known && Object.entries(fields).every(([key, fits]) => isGiven(value, key, fits));
}

/** @param {Record<string, any>} value @param {string} key @param {Fits} fits */
function isGiven(value, key, fits) {
  return Object.hasOwn(value, key) ? fits(value[key]) : OPTIONAL.has(key);
}

/**
 * Tell whether an act is of a kind known here and written as it should be (F15).
 * @param {Record<string, any>} act
 * @returns {"known" | "unknown" | "malformed"}
 */
export function judgeAct(act) {
  if (!Object.hasOwn(ACTS, act.type)) return "unknown";
  if (hasExactly(act, "type", ACTS[act.type])) return "known";
  const named = Array.isArray(act.effects) ? act.effects.map((effect) => effect?.do) : [];
  const isNewer = named.some((name) => typeof name === "string" && !Object.hasOwn(EFFECTS, name));
  return isNewer ? "unknown" : "malformed";
}

/**
 * Write an act with its fields in their order; what a proposal leaves open is filled in.
 * @param {Record<string, any>} given
 * @returns {Record<string, any>}
 */
export function writeAct(given) {
  const fields = ACTS[given.type] ?? {};
  const filled = fields === TERMS || "matter" in fields ? withTerms(given) : given;
  const act = { type: given.type, ...inOrder(filled, fields) };
  if (judgeAct(act) !== "known" || Object.keys(given).some((key) => !(key in act))) {
    throw new GoroundError(_("Something is missing here, or does not fit: look once more."));
  }
  return act;
}

/** @param {Record<string, any>} given */
function withTerms(given) {
  const listed = (given.effects ?? []).map(writeEffect);
  const named = listed.map((/** @type {any} */ { do: name }) => MATTER_OF[name]).find(Boolean);
  const matter = given.matter || named || "everyday";
  return { review: 0, until: 0, ...given, matter, effects: listed };
}

/** @param {Record<string, any>} effect */
function writeEffect(effect) {
  const filled = effect.do === "task" ? { by: 0, ...effect } : effect;
  return { do: effect.do, ...inOrder(filled, EFFECTS[effect.do] ?? {}) };
}

/** @param {Record<string, any>} given @param {Fields} fields */
function inOrder(given, fields) {
  const named = Object.keys(fields).filter((key) => given[key] !== undefined);
  return Object.fromEntries(named.map((key) => [key, given[key]]));
}

/**
 * Part effects as people see them into what rules see and what people read.
 * @param {Record<string, any>[]} seen such as {do: "task", what: "buy flour", by: 0}
 * @returns {{effects: Record<string, any>[], words: Record<string, string>[]}}
 */
export function partEffects(seen) {
  const words = seen.map((effect) => {
    const field = WRITTEN[effect.do];
    return field && effect[field] ? { [field]: String(effect[field]) } : {};
  });
  return { effects: seen.map(writeEffect), words };
}

/**
 * Put the words of effects beside the others; where no effect has any, nothing.
 * @param {Record<string, any>} words
 * @param {Record<string, string>[]} said one for each effect of the act
 * @returns {Record<string, any>}
 */
export function withEffects(words, said) {
  const filled = Object.entries(words).filter(([, text]) => text !== "");
  const isSaid = said.some((one) => Object.keys(one).length > 0);
  return { ...Object.fromEntries(filled), ...(isSaid ? { effects: said } : {}) };
}
