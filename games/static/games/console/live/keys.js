// Single keys for everything, shown on `?`. They can be switched off, for those whose hands or voice press keys unasked.

import { el } from "../../dom.js";

const KEPT = "sobuzz:keys";
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const PRESSABLE = "button, a[href], summary, input, [role=slider]";

const on = /** @type {HTMLInputElement} */ (document.getElementById("keys-on"));

/** Whether single keys do anything. */
export const work = () => on.checked;

/** @param {Record<string, () => void>} acts by key, as the browser names it @param {Array<[string, string]>} lines key and meaning, for the sheet */
export function listen(acts, lines) {
  const sheet = /** @type {HTMLDialogElement} */ (document.getElementById("keys"));
  sheet.querySelector("dl").replaceChildren(...lines.map(([key, meaning]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, meaning))));
  on.checked = kept() !== "off";
  on.addEventListener("change", () => keep(on.checked ? "on" : "off"));
  const help = () => sheet.open || sheet.showModal();
  document.getElementById("shortcuts").addEventListener("click", help);
  document.addEventListener("keydown", (event) => {
    const act = { ...acts, "?": help }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || !work() || elsewhere(event)) return;
    event.preventDefault();
    act();
  });
}

/** @param {KeyboardEvent} event */
function elsewhere(event) {
  const target = /** @type {Element} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return true;
  if (document.querySelector("dialog[open]") || target.closest(TYPING)) return true;
  return event.key === " " && target.closest(PRESSABLE) !== null;
}

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** @param {string} value */
function keep(value) {
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    // forbidden storage: it holds until the page is left
  }
}
