/**
 * Where people are told what came of a form. Where the form is still in front of them, it says so
 * itself; where it is gone, or folded away, the sentence stands under the heading of what took its
 * place, which comes into view and has the focus, so that nobody has to look for what they did.
 */

import { announce } from "./announcing.js";
import { _ } from "./sentences.js";

const ARRIVING = "goround arriving";

/** @type {(form: HTMLFormElement) => Promise<string>} */
let answerTo = async () => "";

/**
 * Name which answer waits to be sent, on pages on which there are answers.
 * @param {typeof answerTo} words
 */
export function tellAnswersBy(words) {
  answerTo = words;
}

/**
 * Say in a form what came of it.
 * @param {HTMLFormElement} form
 * @param {string} sentence
 * @param {boolean} [isRefused]
 */
export function say(form, sentence, isRefused = false) {
  const output = form.querySelector("output.says");
  if (!output) {
    announce(sentence);
    return;
  }
  output.classList.toggle("refused", isRefused);
  output.textContent = sentence;
}

/** What was said of the last time is over once somebody types again. @param {Element} form */
export function hush(form) {
  const output = form.querySelector("output.says:not(.refused)");
  if (output) output.textContent = "";
  form.closest("[data-part]")?.querySelector("[data-told]")?.remove();
}

/**
 * Tell under a heading what came of a form that is not there any more, and go there.
 * @param {string} sentence
 * @param {Element | null} [place] the part in which it stood, or what it made
 */
export function tellAt(sentence, place) {
  const whole = place?.textContent?.trim() ? place : document.querySelector("main");
  const heading = whole?.querySelector("h1, h2, h3");
  const told = toldAs(sentence);
  if (heading) heading.after(told);
  else whole?.prepend(told);
  announce(sentence);
  goTo(heading instanceof HTMLElement ? heading : told);
}

/** @param {string} sentence */
function toldAs(sentence) {
  for (const before of document.querySelectorAll("[data-told]")) before.remove();
  const told = document.createElement("p");
  told.className = "says";
  told.dataset.told = "";
  told.textContent = sentence;
  return told;
}

/** @param {HTMLElement} target */
function goTo(target) {
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  const { top, bottom } = target.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight - 100) target.scrollIntoView({ block: "center" });
}

/** An answer that could not go out yet is not asked for twice. @param {HTMLFormElement} form */
export async function putAway(form) {
  const sign = coverUp(form, await answerTo(form));
  announce(sign.textContent ?? "");
  goTo(sign);
}

/**
 * Say in the place of a form what was answered, and that it waits to be sent.
 * @param {HTMLFormElement} form
 * @param {string} answer in words
 */
export function coverUp(form, answer) {
  const waits = _("Your answer is kept on this device and goes out when there is a network.");
  const sign = toldAs(`${answer} ${waits}`.trim());
  sign.dataset.told = "until sent";
  const whole = form.closest("details") ?? form; // what was answered before stands above it
  whole.before(sign);
  whole.hidden = true;
  const asking = document.getElementById("to-answer");
  if (asking) asking.textContent = answer; // at the head of the page, in the place of the question
  return sign;
}

/** Remember that the next page is one that a form leads to. */
export function leave() {
  try {
    sessionStorage.setItem(ARRIVING, "1");
  } catch {
    // then the keyboard begins at the top of that page
  }
}

/** Begin at the heading of a page that a form led to. */
export function arrive() {
  try {
    if (!sessionStorage.getItem(ARRIVING)) return;
    sessionStorage.removeItem(ARRIVING);
  } catch {
    return;
  }
  const heading = document.querySelector("main h1");
  if (!(heading instanceof HTMLElement) || location.hash) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
