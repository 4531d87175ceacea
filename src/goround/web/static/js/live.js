/**
 * What is new on this page, shown where it stands: the page is fetched again, and of its parts
 * those that differ take the place of the old ones.
 */

/**
 * Follow a collective while this page is open.
 * @param {import("./replica.js").Replica} _replica
 */
export function follow(_replica) {}

/**
 * Fetch this page again and show what differs, also where the given form stands.
 * @param {HTMLFormElement} [_form]
 */
export async function refresh(_form) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    const name = part.getAttribute("data-part") ?? "";
    const next = fresh.querySelector(`[data-part="${CSS.escape(name)}"]`);
    if (next && next.outerHTML !== part.outerHTML) part.replaceWith(next);
  }
}
