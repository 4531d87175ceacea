/**
 * Which names nobody should take, because others would mistake them: as pages/names.py has it, so
 * that a browser says the same as a terminal. Two names are alike when what is left of them without
 * case, marks, spaces, invisible and look-alike letters is the same.
 */

import { _ } from "./sentences.js";

export const LONGEST_NAME = 60;

/** What is drawn like a Latin letter, and that letter: i, l, 1 and | are one. */
const DRAWN = [
  ["аеорсухіјѕԁһӏԛԝɡαβγεικνορτυχωϲϳвкмнтг018|i", "aeopcyxljsdhlqwgabyelknoptuxwcjbkmhtrolbll"],
  ["АВЕЗКМНОРСТУХЅІЈԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϷ", "abe3kmhopctyxsljgqwabezhlkmnoptyxcp"],
  ["օսհոցզյՕՍԼՏ", "ouhngqjouls"],
  ["ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃᎥᏎ", "abcdeghjklmprstvwzl4"],
  ["ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "abcdefghljklmnoprstuvwxyz"],
];
const LOOK_ALIKES = new Map(
  DRAWN.flatMap(([letters, latin]) => [...letters].map((letter, at) => [letter, latin[at]])),
);
/** What is taken out before anything is shown: controls, and letters that are drawn empty. */
const HIDDEN = new RegExp(
  "[\\0-\\x08\\x0e-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5" +
    "\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ud800-\\udfff\\ufeff" +
    "\\uffa0\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]",
  "gu",
);
const UNSEEN = /[\p{M}\p{C}\p{Z}]/gu;
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
const CHEROKEE = /[\u13a0-\u13ff\uab70-\uabbf]/g;
const WITH_TWO_SMALL_FORMS = /[\u0345\u1c80-\u1c88]/g;

/**
 * Give what is left of a name when everything that can hide a difference is taken away.
 * @param {string} name
 * @returns {string}
 */
export function skeleton(name) {
  const folded = withoutCase(latin(name.replace(HIDDEN, "")).normalize("NFKD"));
  return latin(folded.replace(UNSEEN, ""));
}

/** @param {string} text */
function latin(text) {
  return Array.from(text, (letter) => LOOK_ALIKES.get(letter) ?? letter).join("");
}

/** @param {string} text */
function withoutCase(text) {
  const small = text.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");
  return small
    .replace(CHEROKEE, (letter) => letter.toUpperCase())
    .replace(WITH_TWO_SMALL_FORMS, (letter) => letter.toUpperCase().toLowerCase());
}

/**
 * Tell in a sentence why somebody should not be called that, or "" where they can.
 * @param {string} name
 * @param {string[]} [others] who is here already
 * @returns {string}
 */
export function whyNotName(name, others = []) {
  if (skeleton(name) === "") return _("A name needs letters that can be seen.");
  if ([...name].length > LONGEST_NAME) {
    return _("A name is at most {longest} letters long.", { longest: LONGEST_NAME });
  }
  if (FORBIDDEN.test(name) || name.replace(HIDDEN, "") !== name) {
    return _("A name cannot have invisible signs or signs that turn the writing around.");
  }
  const other = alike(name, others);
  if (other === null) return "";
  return _(
    "“{name}” looks like “{other}”, who is here already; choose a name that nobody mistakes.",
    { name, other },
  );
}

/**
 * Give the first other name that looks like this one, or null.
 * @param {string} name
 * @param {string[]} others
 */
export function alike(name, others) {
  const wanted = skeleton(name);
  return others.find((other) => skeleton(other) === wanted) ?? null;
}

/**
 * Propose a name that looks like nobody's.
 * @param {string} name
 * @param {string[]} others
 */
export function another(name, others) {
  const named = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `${name} ${letter}.`);
  return named.find((one) => whyNotName(one, others) === "") ?? _("your full name");
}
