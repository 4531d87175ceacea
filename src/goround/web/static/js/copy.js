/**
 * Taking everything along: this browser keeps the whole history, and writes it into one file that
 * any Goround reads. It needs no node for that, so it works when there is none any more.
 */

import { writeBundle } from "./bundle.js";
import { GoroundError } from "./errors.js";
import { register } from "./flows.js";
import { events } from "./kept.js";
import { _ } from "./sentences.js";

const LASTS = 60_000;

register("copy", async ({ replica }) => {
  if (!replica) throw new GoroundError(_("This browser keeps nothing of this collective."));
  await saveCopy(replica.collective);
  return { done: _("The file is in your downloads. Any Goround reads it.") };
});

/**
 * Write everything that is kept here of a collective into a file.
 * @param {string} collective
 */
export async function saveCopy(collective) {
  const lines = await writeBundle(collective, await events(collective));
  hand(new Blob([lines], { type: "application/x-ndjson" }), nameOf(document.body.dataset.name));
}

/** @param {string | undefined} collective */
function nameOf(collective = "") {
  const plain = collective.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  return `${plain.slice(0, 40) || "goround"}.bundle`;
}

/** Give somebody a file. @param {Blob} file @param {string} name */
function hand(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LASTS);
}
