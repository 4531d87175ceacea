/**
 * On a phone, what few people need on a page is folded away; the node sends it open, for whoever has
 * more room, prints it, or lets no script run. A link to it opens it.
 */

const ROOM = "(min-width: 60rem)";
const FOLDS = "details[data-fold]";

/** What is folded at the place that somebody was led to. */
function wanted() {
  return document.getElementById(location.hash.slice(1))?.querySelector(`:scope > ${FOLDS}`);
}

/** @param {Iterable<Element>} folds */
function open(folds) {
  for (const fold of folds) fold.setAttribute("open", "");
}

if (!matchMedia(ROOM).matches) {
  for (const fold of document.querySelectorAll(FOLDS)) {
    fold.toggleAttribute("open", fold === wanted());
  }
}
addEventListener("hashchange", () => {
  const fold = wanted();
  if (fold) open([fold]);
});
addEventListener("beforeprint", () => open(document.querySelectorAll(FOLDS)));
