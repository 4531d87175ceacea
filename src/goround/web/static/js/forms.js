/**
 * Every form of every page: what stands in it becomes an act, is signed and sent, and the form says
 * what came of it. Nothing is signed twice by a second click, nothing that was typed is lost by a
 * refusal, and the keyboard works as it does with any form.
 */

import { dropDraft, keepDraft, restoreDrafts } from "./drafts.js";
import { GoroundError } from "./errors.js";
import { readForm } from "./fields.js";
import { flows } from "./flows.js";
import { newInvitation } from "./kept.js";
import { hold, letGo, stay } from "./leaving.js";
import { refresh } from "./live.js";
import { arrive, hush, leave, putAway, say, tellAt } from "./outcome.js";
import { _ } from "./sentences.js";

/** @typedef {import("./replica.js").Replica} Replica */

/**
 * Let the forms of this page be sent; without a replica only those that need none.
 * @param {Replica | null} replica
 */
export function startForms(replica) {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("form.act")) return;
    event.preventDefault();
    send(form, /** @type {SubmitEvent} */ (event).submitter, replica);
  });
  document.addEventListener("input", (event) => {
    const form = /** @type {HTMLElement} */ (event.target).closest("form");
    if (!form?.matches("form.act")) return;
    hush(form);
    if (form.dataset.draft !== undefined) keepDraft(form);
  });
  restoreDrafts(document);
  arrive();
  document.documentElement.dataset.ready = "";
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @param {Replica | null} replica
 */
async function send(form, submitter, replica) {
  if (form.getAttribute("aria-busy") === "true") return; // a second click
  setBusy(form, true);
  say(form, "");
  hold(form);
  try {
    const came = await done(form, submitter, replica);
    await finish(form, came, letGo(form));
  } catch (error) {
    stay(form);
    say(form, sentenceOf(error), true);
  } finally {
    setBusy(form, false);
  }
}

/** @param {unknown} error */
function sentenceOf(error) {
  if (error instanceof GoroundError) return error.message;
  console.error(error);
  return _("This is a fault of the page. What you typed is still here; nothing was sent.");
}

/** @param {HTMLFormElement} form @param {boolean} isBusy */
function setBusy(form, isBusy) {
  if (isBusy) form.setAttribute("aria-busy", "true");
  else form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("button")) {
    if (isBusy) button.setAttribute("aria-disabled", "true"); // and not disabled: focus stays
    else button.removeAttribute("aria-disabled");
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @param {Replica | null} replica
 * @returns {Promise<import("./flows.js").Done>}
 */
async function done(form, submitter, replica) {
  const { act, words } = readForm(form, submitter);
  const name = submitter?.dataset.does ?? form.dataset.does;
  if (name !== undefined) {
    if (!Object.hasOwn(flows, name)) throw new GoroundError(_("This is not there yet."));
    return (await flows[name]({ form, submitter, act, words, replica })) ?? {};
  }
  if (!replica) {
    throw new GoroundError(_("This browser is no device of yours here: it cannot say anything."));
  }
  return replica.sign(await withKeys(replica, act), words, () => {
    dropDraft(form);
    letGo(form);
  });
}

/** Give each invitation among the effects its key. @param {Replica} replica @param {any} act */
async function withKeys({ collective }, act) {
  if (!Array.isArray(act.effects)) return act;
  const effects = [];
  for (const effect of act.effects) {
    const isNew = effect.do === "invite" && !effect.key;
    effects.push(isNew ? { ...effect, key: await newInvitation(collective) } : effect);
  }
  return { ...act, effects };
}

/**
 * @param {HTMLFormElement} form
 * @param {import("./flows.js").Done} came
 * @param {boolean} isLeft somebody is on their way to another page
 */
async function finish(form, came, isLeft) {
  const { id = "", sent = true, refused = "" } = came;
  dropDraft(form);
  if (refused) {
    say(form, _("It was said, and counts for nothing: {why}", { why: refused }), true);
    return;
  }
  const then = came.then ?? form.dataset.then;
  if (then && sent && !isLeft) {
    go(then.replace("{id}", id));
    return;
  }
  form.reset();
  const told = sent
    ? (came.done ?? form.dataset.done ?? _("Kept."))
    : _("Kept on this device; it goes out as soon as there is a network.");
  say(form, told);
  setBusy(form, false);
  if (sent) await shownAnew(form, told, came.made);
  else if (form.dataset.act === "position") putAway(form);
}

/** @param {string} address */
function go(address) {
  const target = new URL(address, location.href);
  const isHere = target.pathname + target.search === location.pathname + location.search;
  leave();
  location.assign(target);
  if (isHere) location.reload(); // an address that differs in its #, or not at all
}

/**
 * @param {HTMLFormElement} form
 * @param {string} told
 * @param {string} [made] the id, on the page, of what came of it
 */
async function shownAnew(form, told, made = "") {
  const [same, part] = [position(form), form.closest("[data-part]")?.getAttribute("data-part")];
  const row = form.closest("li[id]")?.id ?? "";
  await refresh(form);
  const result = document.getElementById(made);
  if (result) {
    say(form, ""); // it is said once, where it came to be
    tellAt(told, result);
    return;
  }
  if (form.isConnected) return;
  const again = document.querySelectorAll("form.act")[same];
  const place = part ? document.querySelector(`[data-part="${CSS.escape(part)}"]`) : null;
  if (isOvertaken(again, form)) {
    tellAt(_("Kept. It was said to the words before: there are new ones since."), place);
  } else if (isSame(again, form) && again.checkVisibility()) {
    say(/** @type {HTMLFormElement} */ (again), told);
    focusOn(again.querySelector("output.says"));
  } else {
    tellAt(told, document.getElementById(row) ?? place); // a row may have gone to another list
  }
}

/** @param {HTMLFormElement} form */
function position(form) {
  return [...document.querySelectorAll("form.act")].indexOf(form);
}

/** @param {Element | undefined} one @param {HTMLFormElement} other */
function isSame(one, other) {
  return (
    one instanceof HTMLFormElement &&
    one.dataset.act === other.dataset.act &&
    one.dataset.does === other.dataset.does &&
    (one.dataset.fixed === other.dataset.fixed || one.dataset.act !== "task")
  );
}

/**
 * Tell whether a form asks for the same as one that was sent, of other words.
 * @param {Element | undefined} again
 * @param {HTMLFormElement} form
 */
function isOvertaken(again, form) {
  const version = (/** @type {HTMLElement} */ of) => JSON.parse(of.dataset.fixed ?? "{}").version;
  return isSame(again, form) && version(/** @type {HTMLElement} */ (again)) !== version(form);
}

/** Leave whoever works with the keyboard where they were. @param {Element | null} output */
function focusOn(output) {
  if (document.activeElement && document.activeElement !== document.body) return;
  if (!(output instanceof HTMLElement)) return;
  output.tabIndex = -1;
  output.focus({ preventScroll: true });
}
