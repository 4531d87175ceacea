/**
 * Making a sheet of paper that lets in one's next device. Its secret is made here, is drawn here once,
 * and is kept nowhere: what the page shows is gone when it is left (decision 15).
 */

import { admit } from "./enrolling.js";
import { Refused } from "./errors.js";
import { newPaper, paperLetters, paperWords } from "./paper.js";
import { drawQr } from "./qr.js";
import { _ } from "./sentences.js";

/** @type {import("./flows.js").Flow} */
export async function makeSheet({ words, replica }) {
  if (!replica) {
    throw new Refused(_("This browser is no device of yours here: it cannot say anything."));
  }
  const paper = await newPaper();
  const name = words.name || _("Paper");
  const came = await admit(replica, paper, { name, paper: "yes" });
  if (!came.refused) await drawSheet(replica.collective, paper.secret);
  return came;
}

/** @param {string} collective @param {Uint8Array} secret */
async function drawSheet(collective, secret) {
  const place = document.querySelector("#paper-sheet");
  const template = document.querySelector("template#paper");
  if (!place || !(template instanceof HTMLTemplateElement)) return;
  const sheet = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const address = `${location.origin}/c/${collective}/paper`;
  const picture = drawQr(`${address}#${await paperLetters(secret)}`, _("The paper, to scan"));
  sheet.querySelector(".link-qr")?.append(picture);
  for (const line of sheet.querySelectorAll("[data-address]")) line.textContent = address;
  sheet.querySelector("ol")?.append(...(await paperWords(secret)).map(item));
  sheet.querySelector("[data-print]")?.addEventListener("click", () => print());
  place.replaceChildren(sheet);
  const heading = place.querySelector("h2");
  if (heading instanceof HTMLElement) heading.focus();
}

/** @param {string} word */
function item(word) {
  const line = document.createElement("li");
  line.textContent = word;
  return line;
}
