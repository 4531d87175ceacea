/**
 * The row of places on every page: the one that is open is brought into sight where the row is
 * longer than the screen, and what lies folded under More closes again as menus do. Without this the
 * row scrolls and More opens and closes all the same.
 */

const BESIDE = 24; // of what stands before it, so that one sees that there is more

export function startMenu() {
  const row = document.querySelector(".places .row");
  const here = row?.querySelector("[aria-current]");
  if (row instanceof HTMLElement && here instanceof HTMLElement) {
    row.scrollLeft = here.offsetLeft - row.offsetLeft - BESIDE;
  }
  const more = document.querySelector(".places details");
  if (more instanceof HTMLDetailsElement) startClosing(more);
}

/** @param {HTMLDetailsElement} more */
function startClosing(more) {
  /** @param {EventTarget | null} target */
  const closesFor = (target) => {
    if (target instanceof Node && !more.contains(target)) more.open = false;
  };
  document.addEventListener("click", (event) => closesFor(event.target));
  more.addEventListener("focusout", (event) => closesFor(event.relatedTarget));
  more.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open) return;
    more.open = false;
    more.querySelector("summary")?.focus();
  });
}
