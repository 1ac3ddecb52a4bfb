// Copies a text. A browser may refuse: pages without TLS have no clipboard, and people may have said no.

/** @param {string} text @returns {Promise<boolean>} */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Ready to be copied by hand. @param {Element} element */
export function select(element) {
  getSelection()?.selectAllChildren(element);
}
