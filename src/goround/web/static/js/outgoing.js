/**
 * What was said in this browser and waits to be sent, named for people.
 */

import { decodeLine, readWords } from "./event.js";
import * as kept from "./kept.js";
import { _ } from "./sentences.js";

/** What waits is named by its kind, and by the title of what it is about. */
const KINDS = /** @type {Record<string, () => string>} */ ({
  propose: () => _("A proposal"),
  version: () => _("New words for a proposal"),
  position: () => _("Your answer"),
  say: () => _("Something you said"),
  concern: () => _("A concern"),
  device_add: () => _("That a further device is yours"),
});

/** @param {string} collective */
async function waiting(collective) {
  const rows = await kept.outbox(collective);
  return Promise.all(rows.map(({ line }) => decodeLine(line)));
}

/**
 * Name what waits, in its order.
 * @param {string} collective
 * @returns {Promise<string[]>}
 */
export async function namesOfWaiting(collective) {
  const events = await waiting(collective);
  return Promise.all(events.map((event) => nameOf(collective, event)));
}

/** @param {string} collective @param {import("./event.js").Event} event */
async function nameOf(collective, { head, content }) {
  const about = await kept.event(collective, head.act.version ?? head.act.on ?? "");
  const title = titleIn(content) || titleIn(about?.content ?? "");
  const kind = KINDS[head.act.type]?.() ?? _("Something that you did");
  return title ? _("{kind}: “{title}”", { kind, title }) : kind;
}

/** @param {string} content */
function titleIn(content) {
  const { title } = content ? readWords(content) : {};
  return typeof title === "string" ? title : "";
}
