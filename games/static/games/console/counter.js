// The answer is where the eyes and ears are; the offer to undo goes when its minute is over.

const verdict = document.getElementById("verdict");
verdict?.focus({ preventScroll: true });

const undo = document.querySelector("[data-undo]");
if (undo) setTimeout(() => undo.remove(), 60_000);
