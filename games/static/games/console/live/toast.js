// Short news that floats over the page and goes by itself; screen readers hear it politely.

import { el, icon } from "../../dom.js";

const LASTS = 6000; // ms
const MOST = 3;

/** @param {HTMLElement} spot @returns {(text: string, tone?: "good" | "bad") => void} */
export function toaster(spot) {
  return (text, tone = "good") => {
    const toast = el(`p.toast.toast-${tone}`, {}, icon(tone === "good" ? "check" : "warn"), text);
    spot.append(toast);
    while (spot.children.length > MOST) spot.firstElementChild.remove();
    setTimeout(() => toast.remove(), LASTS);
  };
}
