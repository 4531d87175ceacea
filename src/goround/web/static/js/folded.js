/**
 * On a phone, what few people need on a page is folded away; the node sends it open, for whoever has
 * more room or lets no script run. A link into it opens it.
 */

const ROOM = "(min-width: 60rem)";

/** The part that somebody was led to, and what it is folded into. */
function wanted() {
  const place = document.getElementById(location.hash.slice(1));
  return { place, fold: place?.closest("details") };
}

function reveal() {
  const { place, fold } = wanted();
  if (!fold || fold.open) return;
  fold.open = true;
  place?.scrollIntoView();
}

if (!matchMedia(ROOM).matches) {
  for (const fold of document.querySelectorAll("details[data-fold]")) {
    fold.toggleAttribute("open", fold === wanted().fold);
  }
}
addEventListener("hashchange", reveal);
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details[data-fold]")) fold.setAttribute("open", "");
});
