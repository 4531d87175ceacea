/**
 * A button beside a line or a block of text that copies it: `data-copies` names the field, and what
 * came of it is said beside the button. Where a browser does not allow that, the text is marked.
 */

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button[data-copies]");
  if (!(button instanceof HTMLElement)) return;
  const field = document.getElementById(button.dataset.copies ?? "");
  const says = button.parentElement?.parentElement?.querySelector(".says");
  if (isText(field) && says) copyOut(field, button, says);
});

/** @param {Element | null} field @returns {field is HTMLInputElement | HTMLTextAreaElement} */
function isText(field) {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
}

/**
 * Copy what stands in a field, and say what came of it.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {HTMLElement} button
 * @param {Element} says
 */
export async function copyOut(field, button, says) {
  try {
    await navigator.clipboard.writeText(field.value);
    says.textContent = button.dataset.copied ?? "";
  } catch {
    field.focus();
    field.select();
    says.textContent = button.dataset.failed ?? "";
  }
}
