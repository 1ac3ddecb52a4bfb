// Changes what is shown into what shall be shown, in place: bars grow, focus and reading stay.

/** @param {Element} place @param {Node[]} wanted */
export function morph(place, wanted) {
  const shown = [...place.childNodes];
  for (const [index, node] of wanted.entries()) {
    if (index >= shown.length) place.append(node);
    else if (!settle(shown[index], node)) shown[index].replaceWith(node);
  }
  for (const rest of shown.slice(wanted.length)) rest.remove();
}

/** @param {any} old @param {any} wanted @returns {boolean} whether the old one could become the wanted */
function settle(old, wanted) {
  if (old.nodeName !== wanted.nodeName || old.nodeType !== wanted.nodeType) return false;
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== wanted.data) old.data = wanted.data;
    return true;
  }
  for (const name of old.getAttributeNames()) if (!wanted.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of wanted.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  morph(old, [...wanted.childNodes]);
  return true;
}
