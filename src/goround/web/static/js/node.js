/**
 * What a browser asks of the node whose pages it shows. Whoever does not answer is unreachable, and
 * whoever says no gives the sentence that people are shown. A device shows who it is by signing a
 * nonce; what it gets for that is held in memory and as a cookie, and renewed when it is over.
 */

import { encodeLine } from "./event.js";
import { NotANode, NotGenuine, Refused, Unreachable } from "./errors.js";
import { proveCard, proveSession } from "./proofs.js";
import { _ } from "./sentences.js";

const LINES = "application/x-ndjson";
const JSON_TYPE = "application/json";
/** Milliseconds in which a node has to begin to answer, and to go on. */
const WAIT = 30_000;
/** Bytes that have to go out in every millisecond beyond these. */
const SLOWEST = 4;
/** Milliseconds for which a node may ask to wait a little. */
const PATIENCE = 60_000;
/** Letters of an answer; a message is no longer. */
const LARGEST_ANSWER = 8 * 1024 * 1024;

/**
 * @typedef {object} Request
 * @property {string} [body]
 * @property {string} [type]
 * @property {string} [authorization]
 */

/** The node, as one device of one collective speaks to it. */
export class Node {
  /**
   * @param {string} collective
   * @param {{device: string, key: CryptoKey}} signer
   */
  constructor(collective, signer) {
    this.collective = collective;
    this.signer = signer;
    this.token = "";
    /** @type {Promise<void> | null} */
    this.entering = null;
  }

  /**
   * Show who this is: the pages can be read after that, for an hour.
   * @returns {Promise<void>}
   */
  enter() {
    this.entering ??= this.#open().finally(() => {
      this.entering = null;
    });
    return this.entering;
  }

  async #open() {
    const { device, key } = this.signer;
    const nonce = await askNonce(this.collective);
    const proof = await proveSession(key, this.collective, nonce, location.origin);
    const body = JSON.stringify({ device, nonce, proof, cookie: true });
    const answer = await ask("POST", this.#path("session"), { body, type: JSON_TYPE });
    this.token = String((await object(answer)).token ?? "");
  }

  /**
   * Say one thing in a conversation between replicas; null where the node holds the same.
   * @param {string} message
   * @returns {Promise<string | null>}
   */
  async sync(message) {
    const answer = await this.#inSession("POST", "sync", message, LINES);
    return answer.status === 204 ? null : text(answer);
  }

  /**
   * Throw Refused where the collective's rules would not let this act count.
   * @param {Record<string, any>} act
   * @param {Record<string, any>} words
   */
  async check(act, words) {
    await this.#inSession("POST", "check", JSON.stringify({ act, words }), JSON_TYPE);
  }

  /**
   * Hand over events that were signed here; no session is needed. Whoever does not answer for each
   * has not taken them.
   * @param {string} lines
   * @returns {Promise<{id: string, void?: string, detail?: string}[]>}
   */
  async post(lines) {
    const answer = await ask("POST", this.#path("events"), { body: lines, type: LINES });
    const { events } = await object(answer);
    const count = lines.split("\n").length - 1;
    if (!Array.isArray(events) || events.length !== count) throw new NotANode();
    return events.map(Object);
  }

  /** @param {string} method @param {string} name @param {string} body @param {string} type */
  async #inSession(method, name, body, type) {
    const attempt = () => {
      const authorization = this.token && `Bearer ${this.token}`; // else the cookie shows who asks
      return ask(method, this.#path(name), { body, type, authorization });
    };
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Refused && error.status === 401)) throw error;
      await this.enter(); // the node was started anew, or the session is over
      return attempt();
    }
  }

  /** @param {string} name */
  #path(name) {
    return `/c/${this.collective}/${name}`;
  }
}

/**
 * Hand over a founding event.
 * @param {import("./event.js").Event} event
 * @param {string} right what stood in the founding link, "" where none is needed
 */
export async function postFounding(event, right) {
  const authorization = right ? `Goround-Founding ${right}` : "";
  await ask("POST", "/found", { body: encodeLine(event), type: LINES, authorization });
}

/**
 * Read the card of a collective with the key of an invitation link.
 * @param {string} collective
 * @param {{device: string, key: CryptoKey}} invitation
 * @returns {Promise<Record<string, any>>}
 */
export async function readCard(collective, invitation) {
  const nonce = await askNonce(collective);
  const proof = await proveCard(invitation.key, collective, nonce, location.origin);
  const authorization = `Goround ${invitation.device}.${nonce}.${proof}`;
  return object(await ask("GET", `/c/${collective}/card`, { authorization }));
}

/** @param {string} collective @returns {Promise<string>} */
async function askNonce(collective) {
  return String((await object(await ask("POST", `/c/${collective}/nonce`))).nonce);
}

/**
 * Ask the node for something; throws Unreachable, or Refused with the node's sentence.
 * @param {string} method
 * @param {string} path
 * @param {Request} [request]
 * @returns {Promise<Response>}
 */
export async function ask(method, path, request = {}) {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const answer = await send(method, path, request);
    if (answer.ok) return answer;
    const pause = pauseOf(answer);
    if (pause === null || Date.now() + pause > until) throw await problem(answer);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** @param {string} method @param {string} path @param {Request} request */
async function send(method, path, { body, type, authorization }) {
  const headers = {
    ...(type ? { "Content-Type": type } : {}),
    ...(authorization ? { Authorization: authorization } : {}),
  };
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), WAIT + (body?.length ?? 0) / SLOWEST);
  try {
    const { signal } = ending;
    return await fetch(path, { method, body, headers, signal, redirect: "error" });
  } catch {
    throw new Unreachable(_("Nobody answers there just now."));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Give how long a node that is busy asks to wait, in ms; null where it answered.
 * @param {Response} answer
 */
function pauseOf(answer) {
  const asked = answer.headers.get("Retry-After");
  if (answer.status !== 429 && !(answer.status === 503 && asked)) return null;
  return 1000 * Math.min(Number.parseInt(asked ?? "1", 10) || 1, 30);
}

/** @param {Response} answer */
async function problem(answer) {
  const { detail, reason } = await object(answer).catch(() => ({ detail: "", reason: "" }));
  if (answer.status >= 500 || answer.status === 404) {
    return new Unreachable(sentenceOf(detail) || _("The node cannot answer just now."), reason);
  }
  const { status } = answer;
  const sentence = sentenceOf(detail) || _("The node refuses this ({status}).", { status });
  return new Refused(sentence, String(reason ?? ""), status);
}

/** @param {unknown} detail */
function sentenceOf(detail) {
  return typeof detail === "string" ? detail.slice(0, 400) : "";
}

/** @param {Response} answer @returns {Promise<Record<string, any>>} */
async function object(answer) {
  try {
    return Object(JSON.parse(await text(answer))); // also where it is null, or a number
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    throw new NotANode();
  }
}

/** @param {Response} answer */
async function text(answer) {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let whole = "";
  for await (const piece of pieces(answer)) {
    try {
      whole += decoder.decode(piece ?? undefined, { stream: piece !== null });
    } catch {
      throw new NotANode();
    }
    if (whole.length > LARGEST_ANSWER) {
      throw new NotGenuine("message-size", _("The answer of the node does not stop."));
    }
  }
  return whole;
}

/**
 * Give an answer piece by piece, and null at its end: however long it is, it may take its time,
 * as long as it comes.
 * @param {Response} answer
 */
async function* pieces(answer) {
  const reader = answer.body?.getReader();
  let isSlow = false;
  try {
    while (reader) {
      const timer = setTimeout(() => reader.cancel((isSlow = true)), WAIT);
      const read = await reader.read().finally(() => clearTimeout(timer));
      if (isSlow) throw new TypeError("slow");
      if (read.done) break;
      yield read.value;
    }
  } catch {
    throw new Unreachable(_("The answer of the node broke off."));
  } finally {
    reader?.cancel().catch(() => {});
  }
  yield null;
}
