// Copies a code with one press; pages without TLS have no clipboard, there it is marked to be copied by hand.

import { write } from "./dom.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const code = document.getElementById(button.dataset.copy ?? "");
  const say = document.getElementById("say");
  if (!code || !say) return;
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
    write(button, button.dataset.done ?? "");
    write(say, button.dataset.done ?? "");
  } catch {
    getSelection()?.selectAllChildren(code);
  }
}
