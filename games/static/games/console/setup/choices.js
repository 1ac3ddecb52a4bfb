// Blocks that belong to a switch or to one of several ways are there only while that is chosen.

/** @param {HTMLElement} page */
export function settle(page) {
  for (const part of page.querySelectorAll("[data-when]")) {
    const [name, value] = (/** @type {HTMLElement} */ (part).dataset.when ?? "").split("=");
    const chosen = value === undefined ? page.querySelector(`[name="${CSS.escape(name)}"]:checked`) : page.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]:checked`);
    part.toggleAttribute("hidden", !chosen);
  }
}
