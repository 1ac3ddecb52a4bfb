// The last hour by minutes, drawn as SVG: its colours are the page's, whatever the theme. Slides left as time passes.
// The pulse is a line; prizes are bars in a lane of their own below it, on a scale of their own: few of them are seen beside many plays.
// What the running minute has brought so far stands apart.

import { svg } from "../dom.js";
import { number } from "../speech.js";
import { MARGIN, points, scale, step, WINDOW } from "./scale.js";
import { tip } from "./tip.js";

const CLIP = "plot-clip";
const EDGE = 6; // a dot at the edge stays whole
const LANE = { high: 66, gap: 22 }; // px, of which so many are free above the highest bar
const BAR = { most: 10, share: 0.55, least: 3 }; // px, of its minute, px

/** @typedef {{name: string, say: (count: number) => string}} Figure */

export class MinutesChart {
  /**
   * @param {HTMLElement} frame
   * @param {{t: import("../speech.js").Say, times: import("../speech.js").Times, seconds: () => number, what: string, pulse: Figure, prizes?: Figure}} given
   */
  constructor(frame, given) {
    Object.assign(this, given, { frame });
    /** @type {Map<number, any>} */
    this.rows = new Map();
    /** @type {number | null} the minute that is looked at */
    this.cursor = null;
    this.svg = svg("svg", { tabindex: "0", role: "slider", "aria-label": this.t("by_minute", { what: this.what }), "aria-valuemin": 0, "aria-valuemax": WINDOW });
    frame.append(this.svg);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(frame);
    setInterval(() => this.draw(), 1000);
  }

  /** Whole values: nothing is added here, so nothing can drift. @param {Array<any>} rows */
  update(rows) {
    this.rows = new Map(rows.map((row) => [row.at / 60, row]));
    this.soon ??= requestAnimationFrame(() => {
      this.soon = undefined;
      this.draw();
    });
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.frame;
    if (!width || document.hidden) return;
    const now = this.seconds();
    const line = points(this.rows, now, this.pulse.name, this.prizes?.name);
    const most = Math.max(...line.map((point) => point.value));
    const each = step(most);
    const top = each * Math.max(1, Math.ceil(most / each));
    this.scale = scale(width, height, line.at(-1).place, top, this.prizes ? LANE.high : 0);
    this.won = Math.max(...line.map((point) => point.won));
    this.line = line;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.replaceChildren(this.clip(width, height), ...this.grid(width, top, each), ...this.hours(width, now), ...this.lane(width, line), ...this.curve(line), ...this.silence(width, most), ...this.looked(width));
    this.speak();
  }

  clip(width, height) {
    const box = { x: MARGIN.left - EDGE, y: 0, width: width - MARGIN.left - MARGIN.right + 2 * EDGE, height };
    return svg("defs", {}, svg("clipPath", { id: CLIP }, svg("rect", box)));
  }

  grid(width, top, each) {
    const lines = Array.from({ length: Math.round(top / each) + 1 }, (_, index) => index * each);
    return lines.flatMap((value) => [
      svg("line", { class: value ? "grid" : "base", x1: MARGIN.left, x2: width - MARGIN.right, y1: this.scale.y(value), y2: this.scale.y(value) }),
      text(number(value), { x: MARGIN.left - 8, y: this.scale.y(value) + 4, "text-anchor": "end" }),
    ]);
  }

  /** The quarters of the hour; on a phone the halves. */
  hours(width, now) {
    const every = width < 480 ? 30 : 15;
    const last = Math.floor(now / 60 / every) * every;
    const quarters = Array.from({ length: WINDOW / every + 1 }, (_, index) => last - index * every);
    const shown = quarters.filter((minute) => this.scale.x(minute) > MARGIN.left && this.scale.x(minute) < width - MARGIN.right);
    return shown.map((minute) => text(this.times.time(minute * 60), { x: this.scale.x(minute), y: this.scale.foot + 19, "text-anchor": "middle" }));
  }

  /** The prizes, with the most of a minute beside them. */
  lane(width, line) {
    if (!this.prizes) return [];
    const { foot } = this.scale;
    const bars = svg("g", { "clip-path": `url(#${CLIP})` }, ...line.filter((point) => point.won).map((point) => this.bar(point)));
    const rule = svg("line", { class: "base", x1: MARGIN.left, x2: width - MARGIN.right, y1: foot, y2: foot });
    const most = this.won ? [text(number(this.won), { x: MARGIN.left - 8, y: foot - LANE.high + LANE.gap + 4, "text-anchor": "end" })] : [];
    return [rule, ...most, text("0", { x: MARGIN.left - 8, y: foot + 4, "text-anchor": "end" }), bars];
  }

  /** The line of what is over, and a thin one to what runs. */
  curve(line) {
    const over = line.slice(0, -1);
    const [last, now] = line.slice(-2);
    const ends = [over.at(-1), over[0]].map((point) => `${this.x(point)},${this.scale.base}`);
    const drawn = svg("g", { "clip-path": `url(#${CLIP})` });
    drawn.append(
      svg("polygon", { class: "area-1", points: [...over.map((point) => this.spot(point)), ...ends].join(" ") }),
      svg("polyline", { class: "line-1", points: over.map((point) => this.spot(point)).join(" ") }),
      svg("polyline", { class: "line-1 line-so-far", points: `${this.spot(last)} ${this.spot(now)}` }),
    );
    return [drawn, svg("circle", { class: "now", cx: this.x(now), cy: this.scale.y(now.value).toFixed(1), r: 5 })];
  }

  /** An empty hour says that it is one. */
  silence(width, most) {
    if (most || this.won) return [];
    return [text(this.t("silent"), { class: "silent", x: width / 2, y: (MARGIN.top + this.scale.base) / 2 })];
  }

  bar(point) {
    const wide = Math.min(BAR.most, (this.scale.x(1) - this.scale.x(0)) * BAR.share);
    const high = Math.max(BAR.least, ((LANE.high - LANE.gap) * point.won) / this.won);
    return svg("rect", { class: "bar-won", x: (this.scale.x(point.place) - wide / 2).toFixed(1), y: (this.scale.foot - high).toFixed(1), width: wide.toFixed(1), height: high.toFixed(1), rx: 1.5 });
  }

  x(point) {
    return this.scale.x(point.place).toFixed(1);
  }

  spot(point) {
    return `${this.x(point)},${this.scale.y(point.value).toFixed(1)}`;
  }

  looked(width) {
    const point = this.line.find((each) => each.minute === this.cursor);
    if (!point) return [];
    const x = this.scale.x(point.place);
    const rule = svg("line", { class: "hover-line", x1: x, x2: x, y1: MARGIN.top, y2: this.scale.foot });
    return [rule, tip(x, width, this.head(point), this.wins(point))];
  }

  head(point) {
    return `${this.times.time(point.minute * 60)}, ${this.pulse.say(point.value)}${point.running ? ` ${this.t("so_far")}` : ""}`;
  }

  wins(point) {
    return this.prizes ? this.prizes.say(point.won) : "";
  }

  speak() {
    const point = this.line.find((each) => each.minute === this.cursor) ?? this.line.at(-1);
    this.svg.setAttribute("aria-valuenow", String(WINDOW - (this.line.at(-1).minute - point.minute)));
    this.svg.setAttribute("aria-valuetext", [this.head(point), this.wins(point)].filter(Boolean).join(", "));
  }

  // Looking closer

  listen() {
    this.svg.addEventListener("pointermove", (event) => this.point(event));
    this.svg.addEventListener("pointerdown", (event) => this.point(event));
    this.svg.addEventListener("pointerleave", () => this.look(null));
    this.svg.addEventListener("blur", () => this.look(null));
    this.svg.addEventListener("keydown", (event) => this.press(event));
  }

  point(event) {
    const place = this.scale?.place(event.clientX - this.svg.getBoundingClientRect().left);
    if (place !== undefined) this.look(this.line.reduce((best, each) => (Math.abs(each.place - place) < Math.abs(best.place - place) ? each : best)).minute);
  }

  press(event) {
    const last = Math.floor(this.seconds() / 60);
    const at = this.cursor ?? last;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: last - WINDOW, End: last, Escape: null }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.look(to === null ? null : Math.min(last, Math.max(last - WINDOW, to)));
  }

  look(minute) {
    if (this.cursor === minute) return;
    this.cursor = minute;
    this.draw();
  }
}

const text = (words, given) => {
  const element = svg("text", given);
  element.textContent = words;
  return element;
};
