// Plays per minute over the last hour, drawn as SVG: its colours are the page's, whatever the theme. Slides left as time passes.

import { svg } from "../dom.js";
import { number } from "../speech.js";
import { MARGIN, of, points, scale, step, WINDOW } from "./scale.js";
import { tip } from "./tip.js";

const CLIP = "plot-clip";
const EDGE = 6; // a dot at the edge stays whole

export class PlaysChart {
  /** @param {HTMLElement} frame @param {import("../speech.js").Say} t @param {import("../speech.js").Times} times @param {() => number} seconds */
  constructor(frame, t, times, seconds) {
    Object.assign(this, { frame, t, times, seconds });
    /** @type {Map<number, any>} */
    this.rows = new Map();
    /** @type {number | null} the minute that is looked at */
    this.cursor = null;
    this.svg = svg("svg", { tabindex: "0", role: "slider", "aria-label": t("plays_per_minute"), "aria-valuemin": 0, "aria-valuemax": WINDOW });
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
    const line = points(this.rows, now);
    const each = step(Math.max(...line.map((point) => point.value)));
    const top = each * Math.max(1, Math.ceil(Math.max(...line.map((point) => point.value)) / each));
    this.scale = scale(width, height, line.at(-1).place, top);
    this.line = line;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.replaceChildren(this.clip(width, height), ...this.grid(width, top, each), ...this.hours(width, now), ...this.curve(line), ...this.looked(width));
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
    return shown.map((minute) => text(this.times.time(minute * 60), { x: this.scale.x(minute), y: this.scale.base + 19, "text-anchor": "middle" }));
  }

  curve(line) {
    const places = line.map((point) => `${this.scale.x(point.place).toFixed(1)},${this.scale.y(point.value).toFixed(1)}`);
    const ends = [`${this.scale.x(line.at(-1).place).toFixed(1)},${this.scale.base}`, `${this.scale.x(line[0].place).toFixed(1)},${this.scale.base}`];
    const drawn = svg("g", { "clip-path": `url(#${CLIP})` });
    drawn.append(svg("polygon", { class: "area-1", points: [...places, ...ends].join(" ") }), svg("polyline", { class: "line-1", points: places.join(" ") }));
    drawn.append(...line.filter((point) => point.won && !point.running).map((point) => this.dot(point, "dot-1")));
    return [drawn, this.dot(line.at(-1), line.at(-1).won ? "now dot-1" : "now")];
  }

  dot(point, name) {
    return svg("circle", { class: name, cx: this.scale.x(point.place).toFixed(1), cy: this.scale.y(point.value).toFixed(1), r: 6 });
  }

  looked(width) {
    const point = this.line.find((each) => each.minute === this.cursor);
    if (!point) return [];
    const x = this.scale.x(point.place);
    const rule = svg("line", { class: "hover-line", x1: x, x2: x, y1: MARGIN.top, y2: this.scale.base });
    return [rule, tip(x, width, this.head(point), this.wins(point))];
  }

  head(point) {
    const plays = this.t("plays", { count: of(this.rows, point.minute, "plays") });
    return `${this.times.time(point.minute * 60)}, ${plays}${point.running ? ` ${this.t("so_far")}` : ""}`;
  }

  wins(point) {
    return point.won ? this.t("wins", { count: point.won }) : this.t("no_wins");
  }

  speak() {
    const point = this.line.find((each) => each.minute === this.cursor) ?? this.line.at(-1);
    this.svg.setAttribute("aria-valuenow", String(WINDOW - (this.line.at(-1).minute - point.minute)));
    this.svg.setAttribute("aria-valuetext", `${this.head(point)}, ${this.wins(point)}`);
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
