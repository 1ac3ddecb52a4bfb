// Says whether a value that came from outside has the shape it must have: games/fairness/shape.py, word for word.

export const LARGEST = Number.MAX_SAFE_INTEGER;

/** What was published does not hold; the sentence says what. */
export class Refused extends Error {}

/** There is nothing to judge: a file is missing or is not what its name says. */
export class Unreadable extends Error {}

export function fields(value, name, required, optional = []) {
  if (!isObject(value)) throw new Refused(`${name} must be an object`);
  const missing = required.find((key) => !(key in value));
  if (missing !== undefined) throw new Refused(`${name} lacks ${quoted(missing)}`);
  const unknown = Object.keys(value).filter((key) => !required.includes(key) && !optional.includes(key)).toSorted();
  if (unknown.length) throw new Refused(`${name} has the unknown key ${quoted(unknown[0])}`);
  return value;
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function array(value, name) {
  if (!Array.isArray(value)) throw new Refused(`${name} must be a list`);
  return value;
}

export function text(value, name) {
  if (typeof value !== "string" || !value) throw new Refused(`${name} must be a text that is not empty`);
  return value;
}

export function integer(value, name, low = 0, high = LARGEST) {
  if (typeof value !== "number" || value < low || value > high) throw new Refused(`${name} must be a whole number from ${low} to ${high}`);
  return value;
}

/** Bytes written as lower-case hexadecimal, so that every value has one spelling. */
export function octets(value, name, size) {
  if (typeof value !== "string" || value.length !== 2 * size || !/^[0-9a-f]*$/.test(value)) {
    throw new Refused(`${name} must be ${2 * size} lower-case hexadecimal digits`);
  }
  return Uint8Array.from({ length: size }, (_, place) => parseInt(value.slice(2 * place, 2 * place + 2), 16));
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** As Python writes a text in its sentences. */
export function quoted(value) {
  const mark = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
  return mark + escaped.replaceAll(mark, `\\${mark}`) + mark;
}
