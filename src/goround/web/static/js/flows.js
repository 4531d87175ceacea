/**
 * What a form can do beside signing one act: founding, joining, making a link. Each subject puts
 * its own here by name, and a form asks for it with data-does.
 */

/**
 * @typedef {object} Sent what a form holds
 * @property {HTMLFormElement} form
 * @property {HTMLElement | null} submitter
 * @property {Record<string, any>} act
 * @property {Record<string, any>} words
 * @property {import("./replica.js").Replica | null} replica
 *
 * @typedef {object} Done what came of it; everything may be left out
 * @property {string} [id] of the new event
 * @property {boolean} [sent] false where it goes out later
 * @property {string} [refused] why it counts for nothing
 * @property {string} [done] the sentence to say, in the place of data-done
 * @property {string} [made] the id, on the page, of what is to be shown then
 * @property {string} [then] where to go, in the place of data-then
 *
 * @typedef {(sent: Sent) => Promise<Done | void>} Flow
 */

/** @type {Record<string, Flow>} */
export const flows = {};

/**
 * Let forms with this data-does do something.
 * @param {string} name
 * @param {Flow} flow
 */
export function register(name, flow) {
  flows[name] = flow;
}
