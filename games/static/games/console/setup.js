// The set-up page: saves while one types, says what is wrong at its field, and keeps the play page beside it up to date.

import { write } from "../dom.js";
import { speaker } from "../speech.js";
import { settle } from "./setup/choices.js";
import * as errors from "./setup/errors.js";
import { Preview } from "./setup/preview.js";
import { Saving } from "./setup/saving.js";
import { draw } from "./setup/week.js";
import { words } from "./setup/words.js";

const t = speaker(words);
const form = /** @type {HTMLFormElement} */ (document.querySelector("#setup"));
const fields = /** @type {HTMLElement} */ (document.querySelector("#fields"));
const clash = /** @type {HTMLElement} */ (document.querySelector("#clash"));
const state = /** @type {HTMLElement} */ (document.querySelector("#saved"));
const preview = new Preview(/** @type {HTMLIFrameElement} */ (document.querySelector("iframe")));

const saving = new Saving(form, {
  say: (key) => write(state, t(key)),
  saved,
  stale,
  published: () => location.assign(/** @type {string} */ (form.dataset.list)),
});

/** @type {Record<string, string>} */
let wrong = {};
let drawn = saving.version.value; // the version that the frame shows

/** @param {any} told */
function saved(told) {
  write(state, told.saved);
  clash.replaceChildren();
  write(/** @type {Element} */ (document.querySelector("#heading")), told.title);
  if (told.html) redraw(told.html);
  wrong = told.errors;
  errors.show(form, wrong);
  if (String(told.version) !== drawn) preview.refresh();
  drawn = String(told.version);
}

/** @param {any} told */
function stale(told) {
  write(state, t("stale"));
  clash.replaceChildren(markup(told.html));
  /** @type {HTMLElement} */ (clash.querySelector("[data-clash]")).focus();
}

/** What our own server has drawn. @param {string} html */
function markup(html) {
  return document.createRange().createContextualFragment(html);
}

/** @param {string} html */
function redraw(html) {
  const open = [...fields.querySelectorAll("details")].map((fold) => fold.open);
  fields.replaceChildren(markup(html));
  fields.querySelectorAll("details").forEach((fold, place) => (fold.open ||= open[place]));
  arrange();
}

function arrange() {
  settle(form);
  for (const box of fields.querySelectorAll("[data-week]")) draw(/** @type {HTMLElement} */ (box), t, () => saving.touch(0));
}

/** After a block was added, moved or removed, the hand goes on where it was. @param {string} wish */
function follow(wish) {
  const [verb, path] = wish.split(":");
  const key = path.replaceAll(".", "-");
  if (verb === "add") return last(fields.querySelectorAll(`[id^="${CSS.escape(key)}-"].block`))?.querySelector("input:not([type=hidden])")?.focus();
  const place = Number(key.slice(key.lastIndexOf("-") + 1));
  const list = key.slice(0, key.lastIndexOf("-"));
  const at = { up: place - 1, down: place + 1, remove: place }[verb];
  const block = document.getElementById(`${list}-${at}`) ?? document.getElementById(`${list}-${at - 1}`) ?? document.getElementById(list);
  const button = block?.querySelector(`button[value^="${verb}:"]:enabled`) ?? block;
  /** @type {HTMLElement | null} */ (button)?.focus();
}

const last = (/** @type {any} */ list) => list[list.length - 1];

/** @param {SubmitEvent} event */
async function submit(event) {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const wish = button?.value ?? "save";
  if (wish === "keep") saving.version.value = /** @type {string} */ (button?.dataset.version);
  if (wish === "publish" || wish === "try") {
    if (await saving.flush()) location.assign(/** @type {string} */ (form.dataset[wish]));
    return;
  }
  if ((await saving.flush(wish)) && wish.includes(":")) follow(wish);
}

form.addEventListener("input", () => saving.touch());
form.addEventListener("change", () => {
  settle(form);
  saving.touch(0);
});
form.addEventListener("submit", submit);
form.addEventListener("focusout", () => setTimeout(() => saving.dirty || saving.running || errors.show(form, wrong)));
clash.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest("[data-theirs]")) saving.dirty = false; // theirs are taken: what was typed here is let go
});
arrange();
wrong = errors.shown(form);
