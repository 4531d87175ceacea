/**
 * What somebody answered in this browser that has yet to be sent, in the words in which the page
 * offers it: a page that was kept from before knows nothing of it.
 */

import { decodeLine, readWords } from "./event.js";
import * as kept from "./kept.js";
import { _ } from "./sentences.js";

/** @typedef {{stance: string, because: string}} Answer */

/**
 * Give the last answer to each version that waits to be sent.
 * @param {string} collective
 * @returns {Promise<Map<string, Answer>>}
 */
export async function waitingAnswers(collective) {
  const rows = await kept.outbox(collective);
  const events = await Promise.all(rows.map(({ line }) => decodeLine(line)));
  const answers = events.filter(({ head }) => head.act.type === "position");
  return new Map(answers.map(({ head, content }) => [head.act.version, answerOf(head.act, content)]));
}

/** @param {any} act @param {string} content @returns {Answer} */
function answerOf({ stance }, content) {
  const { because = "" } = content ? readWords(content) : {};
  return { stance, because: typeof because === "string" ? because : "" };
}

/** @param {HTMLFormElement} form to which version it asks for an answer */
export function versionOf(form) {
  return JSON.parse(form.dataset.fixed ?? "{}").version;
}

/**
 * Say which answer was given, as the form for it calls it.
 * @param {HTMLFormElement} form
 * @param {Answer} answer
 */
export function inWords(form, { stance, because }) {
  const choice = form.querySelector(`input[name="stance"][value="${CSS.escape(stance)}"]`);
  const title = choice?.closest("label")?.querySelector("b")?.textContent ?? "";
  if (!title) return "";
  const said = _("You answered: {title}.", { title });
  return because ? `${said} “${because}”` : said;
}
