/**
 * Handing a node what it lacks out of a file, for whoever may not read there yet: a node takes
 * genuine events from anybody, as long as it knows their devices. What it lacks stands at the end
 * of a file as a rule, so the end is tried first, and more of it where something is missing still.
 */

import { readBundle } from "./bundle.js";
import { NotGenuine, Refused } from "./errors.js";
import { encodeLine } from "./event.js";
import { ask } from "./node.js";
import { _ } from "./sentences.js";

const ENCRYPTED = '["goround/encrypted/';
const FEW = 20;
const MANY_MORE = 5;
const MOST_LINES = 100;
const LARGEST_POST = 512 * 1024;

/**
 * Hand over what a node lacks of a collective; throws Refused for a file that is of no use here.
 * @param {string} collective
 * @param {string} text
 */
export async function handOverFile(collective, text) {
  const lines = (await eventsIn(collective, text)).map(encodeLine);
  for (let last = FEW; ; last *= MANY_MORE) {
    try {
      for (const body of batches(lines.slice(-last))) await post(collective, body);
      return;
    } catch (error) {
      const isMore = error instanceof Refused && error.reason === "missing-parents";
      if (!isMore || last >= lines.length) throw error;
    }
  }
}

/** @param {string} collective @param {string} text */
async function eventsIn(collective, text) {
  if (text.startsWith(ENCRYPTED)) {
    throw new Refused(
      _(
        "This file is encrypted, and is read in a terminal (goround bundle read). Nothing was " +
          "handed over.",
      ),
    );
  }
  try {
    const read = await readBundle(text);
    if (read.collective === collective) return read.events;
  } catch (error) {
    if (!(error instanceof NotGenuine)) throw error;
    throw new Refused(
      _("This is not such a file, or it was damaged on its way. Nothing was handed over."),
    );
  }
  throw new Refused(_("This file is of another collective. Nothing was handed over."));
}

/** @param {string[]} lines */
function* batches(lines) {
  let [body, count] = ["", 0];
  for (const line of lines) {
    if (count === MOST_LINES || (count > 0 && body.length + line.length > LARGEST_POST)) {
      yield body;
      [body, count] = ["", 0];
    }
    [body, count] = [body + line, count + 1];
  }
  if (count > 0) yield body;
}

/** @param {string} collective @param {string} body */
async function post(collective, body) {
  await ask("POST", `/c/${collective}/events`, { body, type: "application/x-ndjson" });
}
