// The connection, in a word: always there, and what to do when it is over.

import { el } from "../dom.js";

/** @param {HTMLElement} place @param {(key: string) => string} t @param {import("../../realtime/frames.js").State} state */
export function badge(place, t, state) {
  const word = { on: "on", connecting: "back", back: "back" }[state.name] ?? (state.code === "not_signed_in" ? "out" : "off");
  place.hidden = state.name === "connecting";
  place.dataset.state = { on: "on", back: "back" }[state.name] ?? "off";
  place.replaceChildren(state.name === "off" ? el("a", { href: location.href }, t(word)) : t(word));
}
