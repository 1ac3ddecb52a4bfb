// JSON without its freedoms, and the hash of a value: games/fairness/canonical.py.

import { isObject, LARGEST, Refused, Unreadable } from "./shape.js";
import { sha256 } from "./sums.js";

const DEEPEST = 16;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const CONSTANT = /NaN|-?Infinity/y;
const WORD = /true|false|null/y;
// oxlint-disable-next-line no-control-regex -- what JSON forbids inside a text
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

export function digest(value) {
  return sha256(encode(value));
}

export function encode(value) {
  judge(value);
  return written(value);
}

function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const pairs = Object.keys(value).toSorted().map((key) => `${JSON.stringify(key)}:${written(value[key])}`);
  return `{${pairs.join(",")}}`;
}

/** A key twice or a number with a point would let two readers see two values. */
export function decode(data, name) {
  let value;
  try {
    value = new Reader(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data), name).whole();
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Unreadable(`${name} is not readable as JSON`);
  }
  judge(value, name);
  return value;
}

class Reader {
  constructor(source, name) {
    this.source = source;
    this.name = name;
    this.place = 0;
  }

  whole() {
    const value = this.value();
    this.take(SPACE);
    if (this.place !== this.source.length) throw new SyntaxError("more follows");
    return value;
  }

  take(pattern) {
    pattern.lastIndex = this.place;
    const found = pattern.exec(this.source);
    if (found) this.place = pattern.lastIndex;
    return found;
  }

  /** One sign, with the space before it. */
  sign(wanted) {
    this.take(SPACE);
    if (this.source[this.place] !== wanted) return false;
    this.place += 1;
    return true;
  }

  must(wanted) {
    if (!this.sign(wanted)) throw new SyntaxError(`no ${wanted}`);
  }

  value() {
    if (this.sign("{")) return this.object();
    if (this.sign("[")) return this.list();
    const text = this.take(TEXT);
    if (text) return JSON.parse(text[0]);
    const constant = this.take(CONSTANT);
    if (constant) throw new Refused(`${this.name} has ${constant[0]}, which is not a whole number`);
    const word = this.take(WORD);
    return word ? JSON.parse(word[0]) : this.number();
  }

  number() {
    const found = this.take(NUMBER);
    if (!found) throw new SyntaxError("no value");
    if (found[2] || found[3]) throw new Refused(`${this.name} has ${found[0]}, which is not a whole number`);
    if (found[1].length > 20) throw new Refused(`${this.name} has a number of 2^53 or more`);
    return Number(found[1]) + 0;
  }

  list() {
    const items = [];
    if (this.sign("]")) return items;
    do items.push(this.value());
    while (this.sign(","));
    this.must("]");
    return items;
  }

  object() {
    const found = Object.create(null);
    if (this.sign("}")) return found;
    let twice = false;
    do {
      this.take(SPACE);
      const key = this.take(TEXT);
      if (!key) throw new SyntaxError("no key");
      const name = JSON.parse(key[0]);
      this.must(":");
      const value = this.value();
      twice ||= name in found;
      found[name] = value;
    } while (this.sign(","));
    this.must("}");
    if (twice) throw new Refused(`${this.name} has a key twice`);
    return found;
  }
}

/** Throws Refused unless the value is made of what every JSON reader reads alike. */
export function judge(value, name = "the manifest", depth = 0) {
  if (depth > DEEPEST) throw new Refused(`${name} is nested too deeply`);
  if (typeof value === "string") judgeText(value, name);
  else if (Array.isArray(value)) for (const item of value) judge(item, name, depth + 1);
  else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!/^\p{ASCII}*$/u.test(key)) throw new Refused(`${name} has a key that is not ASCII`);
      judge(item, name, depth + 1);
    }
  } else if (typeof value !== "number") throw new Refused(`${name} has a value that is no text, whole number, list or object`);
  else if (Math.abs(value) > LARGEST) throw new Refused(`${name} has a number of 2^53 or more`);
}

function judgeText(value, name) {
  if (/\p{Surrogate}/u.test(value)) throw new Refused(`${name} has a text that is not Unicode`);
  if (value !== value.normalize("NFC")) throw new Refused(`${name} has a text that is not in normal form C`);
}
