// Asks before what cannot be undone; the buttons repeat the verb.

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("confirm"));

/** @param {{title: string, text: string, yes: string, no: string}} words @returns {Promise<boolean>} */
export function confirm({ title, text, yes, no }) {
  if (dialog.open) return Promise.resolve(false);
  const [stay, go] = dialog.querySelectorAll("button");
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("p").textContent = text;
  stay.textContent = no;
  go.textContent = yes;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
