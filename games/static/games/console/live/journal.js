// The log as lines: people are named one by one, crowds are counted by the minute, so it can be read at a hundred events a second.
// Events are numbered without a hole, so what no line tells of can be counted: the log leaves out, but never in silence.

export const MOST = 120; // lines
const NAMED = 3; // of a crowd
export const GAP = "gap"; // the kind of a line that stands for events which this page was not told

/**
 * @typedef {object} Line
 * @property {number} id @property {string} kind @property {number} at seconds @property {any} event the first
 * @property {number} count how many it tells of @property {number} events how many of the log @property {string[]} names of the first
 * @property {number} seq of the first event @property {string | null} [by] who did it; null: the clock
 */

export class Journal {
  /**
   * @param {(event: any) => string | null} crowd the crowd that an event belongs to; null: it has a line of its own
   * @param {(event: any) => number} [size] how many an event stands for
   */
  constructor(crowd, size = () => 1) {
    this.crowd = crowd;
    this.size = size;
    this.clear();
  }

  clear() {
    /** @type {Line[]} the newest first */
    this.lines = [];
    /** @type {Map<string, Line>} of the running minute */
    this.open = new Map();
    this.last = 0; // number of the latest event
    this.made = 0;
  }

  /** @param {{seq: number, at: number, event: any, name: string, by?: string | null}} entry @returns {Line[]} what is new or has changed */
  add(entry) {
    if (entry.seq <= this.last) return [];
    const gap = this.leave(entry.seq - 1, entry.at);
    this.last = entry.seq;
    const crowd = this.crowd(entry.event);
    const line = crowd === null ? this.begin(entry) : this.counted(crowd, entry);
    line.count += this.size(entry.event);
    line.events += 1;
    if (line.names.length < NAMED && entry.name) line.names.push(entry.name);
    return [...gap, line];
  }

  /** Up to this number nothing more is known: between two lines that has a line, before the first one it is among the earlier. @param {number} seq @param {number} at @returns {Line[]} */
  leave(seq, at) {
    const missed = seq - this.last;
    const first = this.lines.length === 0;
    this.last = Math.max(this.last, seq);
    if (missed <= 0 || first) return [];
    const line = this.begin({ at, event: { t: GAP }, seq });
    Object.assign(line, { count: missed, events: missed });
    return [line];
  }

  /** How many events of the log stand before, or are told by no line that is left. */
  get earlier() {
    return this.last - this.lines.reduce((sum, line) => sum + line.events, 0);
  }

  /** The line of this crowd in this minute, as long as it is on the page. */
  counted(crowd, entry) {
    const known = this.open.get(crowd);
    if (known && this.lines.includes(known) && Math.floor(known.at / 60) === Math.floor(entry.at / 60)) return known;
    const line = this.begin(entry);
    this.open.set(crowd, line);
    return line;
  }

  begin({ at, event, seq, by }) {
    const line = { id: (this.made += 1), kind: event.t, at, event, count: 0, events: 0, names: [], seq, by };
    this.lines.unshift(line);
    this.lines.length = Math.min(this.lines.length, MOST);
    return line;
  }

  /** Who did it comes a moment later than what was done. @param {number} seq @param {string | null} by @returns {Line | undefined} */
  sign(seq, by) {
    const line = this.lines.find((each) => each.seq === seq && each.kind !== GAP);
    if (line) line.by = by;
    return line;
  }
}
