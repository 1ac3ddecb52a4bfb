// What a connection needs of the browser it lives in; tests bring their own.

const PROTOCOL = "sobuzz.v1.json";

/**
 * @typedef {object} Browser
 * @property {(url: string) => WebSocket} make
 * @property {{setTimeout: Function, clearTimeout: Function}} timers
 * @property {() => number} seconds monotonic
 * @property {() => number} random
 * @property {Document} [page]
 * @property {Window} [window]
 */

/** @type {Browser} */
export const BROWSER = {
  make: (url) => new WebSocket(url, [PROTOCOL]),
  timers: { setTimeout: (...given) => globalThis.setTimeout(...given), clearTimeout: (id) => globalThis.clearTimeout(id) },
  seconds: () => performance.now() / 1000,
  random: Math.random,
  page: globalThis.document,
  window: globalThis.window,
};

/** @param {string} path @returns {string} ws:// or wss://, as the page itself */
export function address(path) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/**
 * The page may sleep, the network may come and go.
 * @param {Browser} browser @param {{hidden: () => void, shown: () => void, online: () => void, offline: () => void}} hearer
 * @returns {() => void} stops listening
 */
export function follow({ page, window }, hearer) {
  const leave = new AbortController();
  const { signal } = leave;
  page?.addEventListener("visibilitychange", () => (page.hidden ? hearer.hidden() : hearer.shown()), { signal });
  window?.addEventListener("online", () => hearer.online(), { signal });
  window?.addEventListener("offline", () => hearer.offline(), { signal });
  return () => leave.abort();
}
