/**
 * What stands between the pages and the network where a browser allows it: it keeps the program
 * (style sheet and modules, under the name of their version) and the pages that were seen last, and
 * answers with them where nobody else does. A page comes from the node as long as it answers
 * soon; else as it was last seen, with the moment of that written into it, so that the page says
 * so. Only pages of a node are kept: what answers in its place once its address is somebody else's,
 * or a server in front of it that finds nobody behind, is not. A page that was never seen is
 * answered with the one about what can be done where nobody answers. HELD stands before this, put
 * there by the node: {version, files, away}.
 */

/** @typedef {{version: string, files: string[], away: string}} Held */
/** @typedef {{program: string, since: string, before?: {program: string, since: string}}} Known */

const held = /** @type {Held} */ (/** @type {any} */ (self).HELD);
const worker = /** @type {any} */ (self);
const PROGRAMS = "goround program ";
const SEEN = "goround seen ";
const NOTES = "goround notes";
/** Where it is noted which program signs here. */
const KNOWN = "/program";
/** Milliseconds after which what was last seen is shown rather than nothing. */
const SHORT = 3000;
/** Of each collective; the one that was looked at longest ago goes first. */
const MOST_PAGES = 80;
const LETTERS = 16;
/** What a page is sent with, and is kept with. */
const HEADERS = [
  ...["Content-Type", "Content-Security-Policy", "Cross-Origin-Opener-Policy"],
  ...["Cross-Origin-Resource-Policy", "Referrer-Policy", "X-Content-Type-Options", "Goround"],
];
/** Pages of a collective that stand behind a link, and say nothing without a node. */
const DOORS = ["join", "device", "paper"];

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(begin()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(takeOver()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});

// ------------------------------------------------------------------------------------ the program

/** Take the whole program along, so that each page that was seen works without a network. */
async function begin() {
  const program = await caches.open(PROGRAMS + held.version);
  await program.addAll([...held.files, "/", held.away]);
  await noteProgram(await named(program));
  await worker.skipWaiting();
}

/**
 * Give the modules that sign a name by what is in them, whatever the node calls them.
 * @param {Cache} program
 */
async function named(program) {
  const parts = [];
  for (const path of held.files.filter((file) => file.endsWith(".js"))) {
    const content = new Uint8Array(await (await kept(program, path)).arrayBuffer());
    const plain = path.split("/").slice(3).join("/");
    parts.push(new TextEncoder().encode(`${plain} ${content.length}\n`), content);
  }
  const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, LETTERS);
}

/** @param {Cache} cache @param {string} path @returns {Promise<Response>} */
async function kept(cache, path) {
  const found = await cache.match(path, { ignoreVary: true });
  if (!found) throw new Error(path);
  return found;
}

/** Note that another program signs here than before, so that the pages say it. @param {string} program */
async function noteProgram(program) {
  const notes = await caches.open(NOTES);
  /** @type {Known | undefined} */
  const known = await (await notes.match(KNOWN))?.json();
  if (known?.program === program) return;
  const before = known && { program: known.program, since: known.since };
  /** @type {Known} */
  const now = { program, since: new Date().toISOString(), ...(before ? { before } : {}) };
  await notes.put(KNOWN, new Response(JSON.stringify(now)));
}

/** Answer for all pages from now on, and let go of programs that no page needs. */
async function takeOver() {
  const needed = new Set([held.version]);
  const names = await caches.keys();
  for (const name of names.filter((one) => one.startsWith(SEEN))) {
    const seen = await caches.open(name);
    for (const page of await seen.matchAll()) needed.add(page.headers.get("Goround") ?? "");
  }
  const ours = names.filter((name) => name.startsWith(PROGRAMS));
  const over = ours.filter((name) => !needed.has(name.slice(PROGRAMS.length)));
  await Promise.all(over.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

// -------------------------------------------------------------------------------------- answering

/** @param {any} event @returns {Promise<Response> | null} null where the network answers */
function answerTo(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return null;
  const [, version] = /^\/static\/([0-9a-f]{16})\//.exec(url.pathname) ?? [];
  if (version) return fromProgram(request, version);
  if (!isPage(url)) return null;
  if (request.mode === "navigate") {
    return request.destination === "document" ? opened(event, url) : null; // and in no frame
  }
  const isRead = (request.headers.get("Accept") ?? "").includes("text/html");
  return isRead ? readAnew(event, url) : null;
}

/** @param {URL} url */
function isPage({ pathname }) {
  const [, first, , last] = pathname.split("/");
  if (pathname === "/" || pathname === held.away) return true;
  return first === "c" && !DOORS.includes(last ?? "");
}

/** @param {Request} request @param {string} version */
async function fromProgram(request, version) {
  const cacheName = PROGRAMS + version;
  return (await caches.match(request, { cacheName, ignoreVary: true })) ?? fetch(request);
}

/**
 * Answer whoever opens a page: the node if it answers soon, else what was last seen of it.
 * @param {any} event
 * @param {URL} url
 */
async function opened(event, url) {
  const seen = await lastSeen(url);
  const asked = fromNode(url, Boolean(seen));
  event.waitUntil(asked); // also where it comes too late to be shown, it is kept
  const answer = await (seen ? Promise.race([asked, late()]) : asked);
  return answer ?? seen ?? away();
}

/** @returns {Promise<null>} */
function late() {
  return new Promise((resolve) => setTimeout(resolve, SHORT, null));
}

/**
 * Ask the node for a page, and keep it; null where no node answers.
 * @param {URL} url
 * @param {boolean} isKept
 */
async function fromNode(url, isKept) {
  try {
    // asked in our own name: a link on another site's page may lead here, as without a worker
    const answer = await fetch(url, { headers: { Accept: "text/html" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") return isKept ? null : answer; // ours lead nowhere else
    if (!answer.headers.has("Goround")) return null;
    await keep(url, answer);
    return answer;
  } catch {
    return null;
  }
}

/** A page that is open asks what it looks like now. @param {any} event @param {URL} url */
async function readAnew(event, url) {
  const answer = await fetch(event.request);
  if (!answer.headers.has("Goround")) return Response.error();
  await keep(url, answer);
  return answer;
}

/** @param {URL} url where a page is kept */
function placeOf({ pathname }) {
  return pathname.startsWith("/c/") ? SEEN + pathname.split("/")[2] : PROGRAMS + held.version;
}

/** @param {URL} url @returns {Promise<Response | undefined>} */
async function lastSeen(url) {
  const address = url.pathname + url.search;
  const seen = await caches.match(address, { cacheName: placeOf(url), ignoreVary: true });
  return seen?.clone();
}

/** @param {URL} url @param {Response} answer */
async function keep(url, answer) {
  const isPageOfOurs = (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
  if (!answer.ok || !isPageOfOurs) return;
  const words = await answer.clone().text();
  const seen = await caches.open(placeOf(url));
  const body = words.replace("<body", `<body data-seen="${new Date().toISOString()}"`);
  const headers = HEADERS.map((name) => [name, answer.headers.get(name) ?? ""]);
  const said = Object.fromEntries(headers.filter(([, value]) => value));
  await seen.put(url.pathname + url.search, new Response(body, { headers: said }));
  if (placeOf(url).startsWith(SEEN)) await bound(seen);
}

/** @param {Cache} seen */
async function bound(seen) {
  const pages = await seen.keys(); // in the order in which they were kept
  const over = pages.slice(0, Math.max(0, pages.length - MOST_PAGES));
  await Promise.all(over.map((page) => seen.delete(page, { ignoreVary: true })));
}

/** Say what can be done where nobody answers. */
async function away() {
  const cacheName = PROGRAMS + held.version;
  const page = await caches.match(held.away, { cacheName, ignoreVary: true });
  return page ?? Response.error();
}
