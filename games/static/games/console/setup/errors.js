// Puts what is wrong at its field. Where somebody is typing right now nothing new is complained of until he leaves it.

import { write } from "../../dom.js";

/** @param {HTMLElement} page @param {Record<string, string>} errors by path of the field */
export function show(page, errors) {
  for (const place of page.querySelectorAll("[data-error]")) {
    const path = /** @type {HTMLElement} */ (place).dataset.error ?? "";
    const field = page.querySelector(`[name="${CSS.escape(path)}"]`);
    const sentence = errors[path] ?? "";
    if (sentence && field && field === document.activeElement && place.hasAttribute("hidden")) continue;
    write(/** @type {Element} */ (place.querySelector("span")), sentence);
    place.toggleAttribute("hidden", !sentence);
    if (!field) continue;
    if (sentence) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

/** What the page came with. @param {HTMLElement} page @returns {Record<string, string>} */
export function shown(page) {
  const places = [...page.querySelectorAll("[data-error]:not([hidden])")];
  return Object.fromEntries(places.map((place) => [/** @type {HTMLElement} */ (place).dataset.error, place.querySelector("span")?.textContent ?? ""]));
}
