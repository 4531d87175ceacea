/**
 * What somebody is typing survives a page that is loaded anew, until it is sent or the tab is
 * closed. Only forms with a data-draft are kept, and only in this tab.
 */

/** @param {HTMLFormElement} form */
function keyOf(form) {
  return `goround draft ${document.body.dataset.collective ?? ""} ${form.dataset.draft}`;
}

/** @param {HTMLFormElement} form */
function texts(form) {
  return [...form.elements].filter(
    /** @returns {field is HTMLInputElement | HTMLTextAreaElement} */ (field) =>
      (field instanceof HTMLTextAreaElement ||
        (field instanceof HTMLInputElement && ["text", "date", "number"].includes(field.type))) &&
      field.name !== "",
  );
}

/**
 * Keep what is in a form now.
 * @param {HTMLFormElement} form
 */
export function keepDraft(form) {
  const typed = texts(form)
    .filter((field) => field.value !== field.defaultValue)
    .map((field) => [field.name, field.value]);
  attempt(() => {
    if (typed.length === 0) sessionStorage.removeItem(keyOf(form));
    else sessionStorage.setItem(keyOf(form), JSON.stringify(typed));
  });
}

/**
 * Forget what was kept of a form: it was sent.
 * @param {HTMLFormElement} form
 */
export function dropDraft(form) {
  if (form.dataset.draft !== undefined) attempt(() => sessionStorage.removeItem(keyOf(form)));
}

/**
 * Put back what was being typed, into fields that are still as the page brought them.
 * @param {ParentNode} root
 */
export function restoreDrafts(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    restore(/** @type {HTMLFormElement} */ (form));
  }
}

/** @param {HTMLFormElement} form */
function restore(form) {
  attempt(() => {
    const typed = new Map(JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "[]"));
    for (const field of texts(form)) {
      if (field.value === field.defaultValue) field.value = typed.get(field.name) ?? field.value;
    }
  });
}

/** A browser may keep nothing at all: then there are no drafts. @param {() => void} work */
function attempt(work) {
  try {
    work();
  } catch {
    // what is typed stays on the page all the same
  }
}
