/**
 * Where the collective lives: naming a place and dropping one, which the node of one's own home
 * does, and whether this browser has all of it too.
 */

import { Refused } from "./errors.js";
import { register } from "./flows.js";
import { count } from "./kept.js";
import { ask } from "./node.js";
import { _ } from "./sentences.js";

const JSON_TYPE = "application/json";

register("place", async ({ act, replica }) => {
  if (!replica) throw new Refused(_("This browser is no device of yours here."));
  const path = `/c/${replica.collective}/places`;
  const asked = { body: JSON.stringify(act), type: JSON_TYPE };
  try {
    await ask("POST", path, asked);
  } catch (error) {
    if (!(error instanceof Refused && error.status === 401)) throw error;
    await replica.enter();
    await ask("POST", path, asked);
  }
});

/** Say how much of it this browser has, if it keeps anything. */
async function tellKept() {
  const { collective = "", events = "0" } = document.body.dataset;
  const place = document.querySelector("#kept");
  if (!(place instanceof HTMLElement)) return;
  const kept = await count(collective);
  const told = kept < Number(events) ? place.dataset.some : place.dataset.all;
  if (kept) place.textContent = told ?? "";
}

tellKept();
