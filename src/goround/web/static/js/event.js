/**
 * An event is a header, its signature and, as long as nobody erased it, its content, which the
 * header commits to through a salt. It travels as one line of four texts. Here events are made, and
 * read with everything checked that needs no other event. Rules F5, F9 to F14 and F34.
 */

import { bytes, chance, decode, encode, hash } from "./encoding.js";
import { NotGenuine } from "./errors.js";
import { decodeHeader, encodeHeader, FORMAT, LARGEST_CONTENT } from "./header.js";
import { isGenuine, sign } from "./keys.js";

const LARGEST_LINE = 2 * 1024 * 1024;

/**
 * Where in the graph an event goes: the header's fields 3 to 6.
 * @typedef {{seq: number, prev: string, seen: string[], lamport: number}} Place
 */

/**
 * One thing that one device signed; `salt` and `content` are "" without any, or once erased.
 * @typedef {object} Event
 * @property {string} id
 * @property {string} collective
 * @property {import("./header.js").Header} head what the header says
 * @property {string} header the exact text that was signed
 * @property {string} signature
 * @property {string} salt
 * @property {string} content
 */

/** @type {Place} */
export const FOUNDING = { seq: 0, prev: "", seen: [], lamport: 1 };

/**
 * Read an event and check everything that needs neither other events nor its signature.
 * @param {{header: string, signature: string, salt: string, content: string}} parts
 * @returns {Promise<Event>}
 */
export async function openEvent({ header, signature, salt, content }) {
  const head = decodeHeader(header);
  if (!isOfLength(signature, 64)) {
    throw new NotGenuine("signature-length", "A signature is not 64 bytes long."); // F11
  }
  if (salt !== "" || content !== "") await checkContent(head, salt, content);
  const id = await hash(bytes("goround/event/1\0"), bytes(header)); // F5
  return { id, collective: head.collective || id, head, header, signature, salt, content };
}

/** @param {string} text @param {number} length */
function isOfLength(text, length) {
  try {
    return decode(text, length).length === length;
  } catch {
    return false;
  }
}

/** @param {import("./header.js").Header} head @param {string} salt @param {string} content */
async function checkContent(head, salt, content) {
  if (head.commit === "") {
    throw new NotGenuine("commitment", "Content came with a header that has none."); // F9
  }
  if (!isOfLength(salt, 32)) {
    throw new NotGenuine("salt-length", "The salt is not 32 bytes long."); // F9
  }
  const words = bytes(content);
  if (words.length !== head.size || (await commitment(decode(salt), words)) !== head.commit) {
    throw new NotGenuine("commitment", "The content is not the one that was signed."); // F9
  }
}

/** @param {Uint8Array} salt @param {Uint8Array} words */
function commitment(salt, words) {
  return hash(bytes("goround/content/1\0"), salt, words);
}

/**
 * Make an event. Whatever could not be opened again is refused before anything is signed.
 * @param {{key: CryptoKey, device: string}} signer
 * @param {object} said
 * @param {string} said.collective "" in a founding event
 * @param {Place} said.place
 * @param {number} said.at in ms since 1970
 * @param {Record<string, any>} said.act
 * @param {string} [said.content] what was written, as writeWords gave it
 * @param {Uint8Array} [said.salt]
 * @returns {Promise<Event>}
 */
export async function signEvent(signer, { collective, place, at, act, content = "", salt }) {
  const words = bytes(content);
  if (words.length > LARGEST_CONTENT) {
    throw new NotGenuine("content-size", "Content is larger than 256 KiB.");
  }
  const drawn = content === "" ? new Uint8Array() : (salt ?? chance());
  const commit = content === "" ? "" : await commitment(drawn, words);
  const header = encodeHeader({
    ...{ format: FORMAT, collective, device: signer.device, ...place },
    ...{ at, act: /** @type {any} */ (act), commit, size: words.length },
  });
  decodeHeader(header);
  const signature = await sign(signer.key, "event", bytes(header));
  return openEvent({ header, signature, salt: encode(drawn), content });
}

/**
 * Write words as content; "" where there are none.
 * @param {Record<string, unknown>} words
 * @returns {string}
 */
export function writeWords(words) {
  if (Object.keys(words).length === 0) return "";
  return JSON.stringify(words, (_key, value) =>
    typeof value === "string" ? value.toWellFormed() : value,
  );
}

/**
 * Read what was written; nothing where it was erased or is not a JSON object.
 * @param {string} content
 * @returns {Record<string, unknown>}
 */
export function readWords(content) {
  try {
    const words = JSON.parse(content);
    return typeof words === "object" && words !== null && !Array.isArray(words) ? words : {};
  } catch {
    return {};
  }
}

/**
 * Throw NotGenuine unless the device in the header signed exactly this text (F11).
 * @param {Event} event
 */
export async function checkSignature({ id, head, header, signature }) {
  if (!(await isGenuine(head.device, "event", bytes(header), signature))) {
    throw new NotGenuine("signature", `Event ${id} is not signed by its device.`);
  }
}

/**
 * Write an event as a line, ended by LF (F34).
 * @param {{header: string, signature: string, salt: string, content: string}} event
 * @returns {string}
 */
export function encodeLine({ header, signature, salt, content }) {
  return `${JSON.stringify([header, signature, salt, content])}\n`;
}

/**
 * Read one event from its line, with or without LF; its signature is not looked at (F34).
 * @param {string} line
 * @returns {Promise<Event>}
 */
export async function decodeLine(line) {
  if (line.length > LARGEST_LINE) {
    throw new NotGenuine("line-size", "A line is longer than 2 MiB.");
  }
  const parts = readLine(line);
  const fits =
    Array.isArray(parts) && parts.length === 4 && parts.every((part) => typeof part === "string");
  if (!fits) {
    throw new NotGenuine("line", "A line is not an event as a list of four strings.");
  }
  const [header, signature, salt, content] = parts;
  return openEvent({ header, signature, salt, content });
}

/** @param {string} line */
function readLine(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
