/**
 * The door in front of a page: whoever has a device here is let in without being asked anything,
 * and the page is loaded anew. Everybody else is told why it stays shut, and what they can do.
 */

import { isFirstTry } from "./door.js";
import { Refused, Unreachable } from "./errors.js";
import { openReplica } from "./replica.js";
import { _ } from "./sentences.js";

const told = /** @type {HTMLElement} */ (document.getElementById("opening"));
const collective = told.dataset.collective ?? "";

async function open() {
  const replica = await openReplica(collective);
  if (!replica) {
    showWaysIn();
    if (told.dataset.wasHere !== undefined) return lost();
    return _(
      "This browser is no device of a member here, or it has lost what it kept. " +
        "What was said is not lost: it is with the others.",
    );
  }
  try {
    await replica.send(); // an acceptance that has yet to arrive is what lets its author in
    await replica.enter();
  } catch (error) {
    if (error instanceof Unreachable) return _("Nobody answers there just now. Try again later.");
    if (error instanceof Refused) return sentenceOf(error);
    throw error;
  }
  if (!isFirstTry(collective)) return told.dataset.why || _("The node lets nobody in just now.");
  location.reload();
  return "";
}

/** The cookie of a session is left, and the key is not: browsers clear the two apart. */
function lost() {
  return _(
    "This browser was a device of a member here, and has cleared what it kept for that: it ran " +
      "out of room, perhaps, or nobody had been here for weeks. What was said is not lost, it is " +
      "with the others; what it had yet to send is. It cannot become the device again that it " +
      "was, and comes in as a new one.",
  );
}

/** @param {Refused} refused */
function sentenceOf({ reason, message }) {
  if (reason !== "not-a-reader") return message;
  offerToForget();
  showWaysIn();
  return _(
    "This device does not speak for a member here any more: it was retired, or whoever has it is " +
      "no member now.",
  );
}

/** Say step by step what can be done by whoever the page stays shut for. */
function showWaysIn() {
  document.getElementById("ways-in")?.removeAttribute("hidden");
}

/** Let what is kept here be deleted, where it is of no use any more. */
function offerToForget() {
  const offer = document.getElementById("forget");
  offer?.removeAttribute("hidden");
  offer?.querySelector("button")?.addEventListener("click", async () => {
    const { forgetAll } = await import("./forgetting.js");
    await forgetAll(collective);
    location.assign("/");
  });
}

/** @param {string} sentence */
function say(sentence) {
  if (!sentence) return; // the page is being loaded anew
  const title = document.querySelector("h1");
  if (title) title.textContent = _("This page stays shut");
  told.textContent = sentence;
}

open()
  .catch((error) => error.message)
  .then(say);
