// Copies the code with one press; where the browser refuses, it is selected to be copied by hand.

import { copied, select } from "./copy.js";
import { write } from "./dom.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => take(button));
}

/** @param {HTMLButtonElement} button */
async function take(button) {
  const code = document.getElementById(button.dataset.copy ?? "");
  const say = document.getElementById("say");
  if (!code || !say) return;
  const done = await copied(code.textContent ?? "");
  say.classList.toggle("sr-only", done);
  write(say, (done ? button.dataset.done : button.dataset.refused) ?? "");
  if (done) write(button, button.dataset.done ?? "");
  else select(code);
}
