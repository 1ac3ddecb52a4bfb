// Makes elements: no markup in strings, so nothing that a player typed can become markup.

const SVG = "http://www.w3.org/2000/svg";
const SPRITE = new URL("../base/icons.svg", import.meta.url).href;

/** @typedef {Record<string, any>} Given attributes; functions are listeners of that event, false and null are left out */

/** @param {Element} element @param {Given} given */
function dress(element, given) {
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
}

/**
 * @param {string} name tag, with classes after dots: "p.lead.center"
 * @param {Given} [given] @param {...(Node | string | null | false)} children @returns {HTMLElement}
 */
export function el(name, given = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  dress(element, given);
  element.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

/** @param {string} tag @param {Given} [given] @param {...Node} children @returns {SVGElement} */
export function svg(tag, given = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  dress(element, given);
  element.append(...children);
  return element;
}

/** @param {string} name of the sprite */
export function icon(name) {
  return svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `${SPRITE}#${name}` }));
}

/** Sets a text without touching what is right already: screen readers and focus stay quiet. @param {Element} element @param {string} text */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
