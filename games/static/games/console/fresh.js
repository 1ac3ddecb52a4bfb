// What moves by no number (a game opened, an hour was moved): the page asks itself again now and then and takes over what changed.

const EVERY = 20_000; // ms
const APART = 2_000; // ms between two questions, however often one is wanted

/** @param {() => void} changed called when the page was asked again @returns {() => void} asks soon */
export function keepFresh(changed) {
  const known = new Map(parts(document).map((part) => [part.id, key(part)]));
  let last = 0;
  let due = 0;

  async function refresh() {
    due = 0;
    last = Date.now();
    const page = await ask();
    if (!page) return;
    for (const part of parts(page).filter((each) => known.get(each.id) !== key(each))) {
      known.set(part.id, key(part));
      swap(part);
    }
    changed();
  }

  setInterval(() => !document.hidden && refresh(), EVERY);
  return () => {
    due ||= setTimeout(refresh, Math.max(0, last + APART - Date.now()));
  };
}

/** @returns {Promise<Document | null>} null without a network: the badge says that */
async function ask() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected) location.reload(); // signed out
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  }
}

/** @param {Document} page @returns {HTMLElement[]} */
const parts = (page) => [...page.querySelectorAll("[data-fresh]")];

/** Parts whose numbers move by themselves name what they are made of; others are compared whole. @param {HTMLElement} part */
const key = (part) => part.dataset.fresh || part.outerHTML;

/** The focus stays where it was, as far as there is such a place. @param {HTMLElement} part */
function swap(part) {
  const old = document.getElementById(part.id);
  if (!old) return;
  const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  const fresh = document.importNode(part, true);
  old.replaceWith(fresh);
  if (focused) fresh.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
}
