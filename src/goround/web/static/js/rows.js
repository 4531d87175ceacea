/**
 * Rows for tasks: there are a few on the page, and as soon as something stands in the last one,
 * one more comes, until there are as many as a proposal can have. Without this script the few do.
 */

document.addEventListener("input", (event) => {
  const rows = /** @type {HTMLElement} */ (event.target).closest("fieldset[data-rows]");
  if (rows instanceof HTMLFieldSetElement) growOnce(rows);
});

/** @param {HTMLFieldSetElement} rows */
function growOnce(rows) {
  const all = rows.querySelectorAll(".task-row");
  const last = all[all.length - 1];
  if (!last || !isFilled(last)) return;
  const place = placeOf(last) + 1;
  if (place < Number(rows.dataset.rows)) last.after(emptied(last, place));
}

/** @param {Element} row */
function isFilled(row) {
  return [...row.querySelectorAll("input[type=text]")].some(
    (field) => /** @type {HTMLInputElement} */ (field).value.trim() !== "",
  );
}

/** @param {Element} row */
function placeOf(row) {
  return Number(row.querySelector("input")?.name.split(".")[1]);
}

/** Copy a row, for another place. @param {Element} row @param {number} place */
function emptied(row, place) {
  const copy = /** @type {Element} */ (row.cloneNode(true));
  for (const label of copy.querySelectorAll("label")) label.htmlFor = moved(label.htmlFor, place);
  for (const field of copy.querySelectorAll("input")) {
    field.id = moved(field.id, place);
    field.name = field.name.replace(/^effects\.\d+\./, `effects.${place}.`);
    if (field.type === "hidden") continue;
    field.removeAttribute("value");
    field.removeAttribute("data-was");
    field.value = "";
  }
  return copy;
}

/** @param {string} id @param {number} place */
function moved(id, place) {
  return id.replace(/\d+$/, String(place));
}
