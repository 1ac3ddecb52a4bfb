// The verifier's page: a file comes in, a verdict goes out, nothing else moves.

import { Folder } from "./folder.js";
import { verify } from "./verdict.js";
import { words } from "./words.js";

const asked = new URLSearchParams(location.search).get("lang") || navigator.language.slice(0, 2);
const language = asked in words ? asked : "en";
const told = words[language];
const [input, note, drop, result] = ["file", "note", "drop", "result"].map((id) => document.getElementById(id));

document.documentElement.lang = language;
document.title = told.title;
document.getElementById("back").hidden = location.protocol === "file:"; // from a disk there is nothing behind it
for (const each of document.querySelectorAll("[data-word]")) each.textContent = told[each.dataset.word];

function show(code, headline, ...sentences) {
  result.hidden = false;
  result.dataset.code = code;
  result.querySelector("h2").textContent = headline;
  const lines = sentences.filter(Boolean).map(([line, lang]) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    paragraph.lang = lang;
    return paragraph;
  });
  result.querySelector("div").replaceChildren(...lines);
}

/** Whether the sentence names what the reader noted, which he may have grouped as the proof page shows it. */
function compared(sentence) {
  const noted = note.value.replaceAll(/\s/g, "").toLowerCase();
  return noted && [told[sentence.includes(` ${noted}`) && noted.length === 64 ? "same" : "other"], language];
}

async function judge(files) {
  if (!files.length) return;
  show("", told.working);
  if (!globalThis.crypto?.subtle) {
    show(2, told[2], [told.unsafe, language]);
    return;
  }
  try {
    const found = await verify("", await Folder.of([...files]));
    const mine = found.code === 0 ? compared(found.words) : null;
    show(mine && mine[0] === told.other ? 1 : found.code, told[found.code], [found.words, "en"], mine);
  } catch (error) {
    show(2, told[2], [String(error), "en"]);
  }
}

input.addEventListener("change", () => judge(input.files));
note.addEventListener("change", () => judge(input.files));
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.dataset.over = "";
  });
}
drop.addEventListener("dragleave", () => delete drop.dataset.over);
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  delete drop.dataset.over;
  input.files = event.dataTransfer.files;
  judge(input.files);
});
