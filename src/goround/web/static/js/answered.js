/**
 * What somebody answered in this browser that has yet to be sent, in the words in which the page
 * offers it: a page that was kept from before knows nothing of it, and does not ask for it again.
 */

import { decodeLine, readWords } from "./event.js";
import * as kept from "./kept.js";
import { coverUp, tellAnswersBy } from "./outcome.js";
import { _ } from "./sentences.js";

/** @typedef {{stance: string, because: string}} Answer */

/**
 * Give the last answer to each version that waits to be sent.
 * @param {string} collective
 * @returns {Promise<Map<string, Answer>>}
 */
async function waitingAnswers(collective) {
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

/**
 * Say which answer waits that was given in a form, as the form calls it; "" where none does.
 * @param {HTMLFormElement} form
 */
async function waitingAnswer(form) {
  const { version } = JSON.parse(form.dataset.fixed ?? "{}");
  const answer = (await waitingAnswers(document.body.dataset.collective ?? "")).get(version);
  return answer ? inWords(form, answer) : "";
}

/** @param {HTMLFormElement} form @param {Answer} answer */
function inWords(form, { stance, because }) {
  const choice = form.querySelector(`input[name="stance"][value="${CSS.escape(stance)}"]`);
  const title = choice?.closest("label")?.querySelector("b")?.textContent ?? "";
  const said = _("You answered: {title}.", { title: title || stance });
  return because ? `${said} “${because}”` : said;
}

/** Put away the forms for what was answered already. */
export async function coverAnswered() {
  for (const form of document.querySelectorAll('form.act[data-act="position"]')) {
    if (!(form instanceof HTMLFormElement)) continue;
    const answer = await waitingAnswer(form);
    if (answer) coverUp(form, answer);
  }
}

tellAnswersBy(waitingAnswer);
