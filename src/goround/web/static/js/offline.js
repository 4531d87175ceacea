/**
 * Where a browser allows it, a worker keeps pages and program, so that both are there without a
 * network (worker.js). Browsers allow it where nobody in between can have changed the worker: on
 * this very machine, or behind a certificate that they trust. Elsewhere everything works but that,
 * and nothing is promised. Because the worker keeps the modules that sign, it notices where a node
 * gives others than before; that is said once, by name, so that people can ask each other.
 */

import { putUp } from "./notice.js";
import { mayKeep } from "./seen.js";
import { _ } from "./sentences.js";
import { spoken } from "./times.js";

const WORKER = "/worker.js";
const NOTES = "goround notes";
const KNOWN = "/program";

/** @typedef {{program: string, since: string, before?: {program: string, since: string}}} Known */

/** Let the worker be there from now on, and tell where it found another program than before. */
export async function beThereOffline() {
  if (!navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register(WORKER, { scope: "/" });
  } catch {
    return; // a certificate that was clicked through, say, or a private window
  }
  navigator.serviceWorker.addEventListener("controllerchange", () => tellOfProgram());
  await tellOfProgram();
}

/**
 * Name the program that signs here, and since when; null where no worker has looked.
 * @returns {Promise<Known | null>}
 */
export async function program() {
  const found = await mayKeep()?.match(KNOWN, { cacheName: NOTES }).catch(() => undefined);
  return found ? found.json() : null;
}

async function tellOfProgram() {
  const known = await program();
  if (!known?.before) return;
  const { collective = "" } = document.body.dataset;
  putUp("other-program", {
    sentence: _("Another program signs for you here: version {name}.", { name: known.program }),
    way: { href: `/c/${collective}/devices#offline`, text: _("What that means") },
    done: understood,
  });
}

/**
 * Say what stood in its place, and what to do where nobody knows why; "" where nothing is new.
 * @param {Known} known
 */
export function whatChanged({ since, before }) {
  if (!before) return "";
  return _(
    "Until {since} it was version {before}. If nobody of you has brought Goround up to date, ask " +
      "whoever runs this node, and compare with the others: theirs stands on this page of theirs.",
    { since: spoken(new Date(since)), before: before.program },
  );
}

/** Say it no more. */
async function understood() {
  const known = await program();
  if (!known) return;
  delete known.before;
  const notes = await caches.open(NOTES);
  await notes.put(KNOWN, new Response(JSON.stringify(known)));
}
