/**
 * The one place above a page where something is told that concerns all of it: that this browser
 * lost its storage, say, or that the node refuses what was signed here.
 */

/**
 * Tell something, with a link to what can be done.
 * @param {string} sentence
 * @param {{href: string, text: string}} [way]
 */
export function tell(sentence, way) {
  const notice = document.getElementById("notice");
  if (!notice) return;
  const told = document.createElement("p");
  told.className = "told";
  told.setAttribute("role", "alert");
  const words = document.createElement("span");
  words.textContent = sentence;
  told.append(words);
  if (way) told.append(" ", linkTo(way));
  notice.replaceChildren(told);
}

/** @param {{href: string, text: string}} way */
function linkTo({ href, text }) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  return link;
}
