// The week drawn by hand: seven days of 24 hours, painted with a brush or set with digits. What is sent stays the list of numbers.

import { el } from "../../dom.js";

const HOURS = 24;
const BRUSHES = [0, 10, 40, 70, 100];
const MONDAY = Date.UTC(2024, 0, 1);
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -HOURS, ArrowDown: HOURS };

/** @param {HTMLElement} box @param {import("../../speech.js").Say} t @param {() => void} changed */
export function draw(box, t, changed) {
  const field = /** @type {HTMLTextAreaElement} */ (box.querySelector("textarea"));
  const place = /** @type {HTMLElement} */ (box.querySelector("[data-grid]"));
  new Week(field, place, t, changed).make();
  /** @type {HTMLElement} */ (box.querySelector("[data-plain]")).hidden = true;
  place.hidden = false;
}

class Week {
  /** @param {HTMLTextAreaElement} field @param {HTMLElement} place @param {import("../../speech.js").Say} t @param {() => void} changed */
  constructor(field, place, t, changed) {
    Object.assign(this, { field, place, t, changed, brush: 70, painting: false });
    const numbers = field.value.split(",").map(Number);
    this.weights = Array.from({ length: 7 * HOURS }, (_, hour) => (Number.isFinite(numbers[hour]) ? numbers[hour] : 0));
    const language = document.documentElement.lang || "en";
    this.days = (/** @type {"short" | "long"} */ weekday) => Array.from({ length: 7 }, (_, day) => new Intl.DateTimeFormat(language, { weekday, timeZone: "UTC" }).format(new Date(MONDAY + day * 86400_000)));
    this.long = this.days("long");
  }

  make() {
    this.cells = this.weights.map((_, hour) => this.cell(hour));
    this.cells[0].tabIndex = 0;
    const head = el("tr", {}, el("td"), ...Array.from({ length: HOURS }, (_, hour) => el("th", { scope: "col" }, el(hour % 3 ? "span.sr-only" : "span", {}, String(hour)))));
    const rows = this.days("short").map((day, place) => el("tr", {}, el("th", { scope: "row" }, day), ...this.cells.slice(place * HOURS, (place + 1) * HOURS)));
    const grid = el("table.heat", { role: "grid", "aria-label": this.t("grid"), keydown: (event) => this.key(event), pointerdown: (event) => this.press(event), pointerover: (event) => this.over(event) }, el("thead", {}, head), el("tbody", {}, ...rows));
    addEventListener("pointerup", () => this.lift());
    this.place.replaceChildren(this.brushes(), el("div.heat-frame", {}, grid));
  }

  /** @param {number} hour */
  cell(hour) {
    const cell = el("td", { role: "gridcell", tabindex: "-1", "data-hour": hour });
    this.show(cell, hour);
    return cell;
  }

  /** @param {HTMLElement} cell @param {number} hour */
  show(cell, hour) {
    const weight = this.weights[hour];
    cell.dataset.heat = String(Math.min(10, Math.ceil(weight / 10)));
    cell.setAttribute("aria-label", this.t("cell", { day: this.long[Math.floor(hour / HOURS)], hour: `${hour % HOURS} h`, weight }));
  }

  brushes() {
    const name = `${this.field.name}.brush`;
    const each = (/** @type {number} */ weight) =>
      el("label.brush", {}, el("input", { type: "radio", "data-brush": name, checked: weight === this.brush, change: () => this.take(weight) }), el("i", { "data-heat": weight / 10 }), el("span", {}, this.t(`brush_${weight}`)));
    const box = el("fieldset.brushes", {}, el("legend.sr-only", {}, this.t("brush")), ...BRUSHES.map(each));
    this.radios = [...box.querySelectorAll("input")];
    return box;
  }

  /** @param {number} weight */
  take(weight) {
    this.brush = weight;
    this.radios.forEach((radio, place) => (radio.checked = BRUSHES[place] === weight));
  }

  /** @param {number} hour @param {number} weight */
  set(hour, weight) {
    this.weights[hour] = weight;
    this.show(this.cells[hour], hour);
    this.field.value = this.weights.join(",");
  }

  /** @param {PointerEvent} event */
  press(event) {
    const hour = hourOf(event);
    if (hour === null) return;
    this.painting = true;
    /** @type {HTMLElement} */ (event.target).releasePointerCapture?.(event.pointerId);
    this.set(hour, this.brush);
  }

  /** @param {PointerEvent} event */
  over(event) {
    const hour = hourOf(event);
    if (this.painting && hour !== null) this.set(hour, this.brush);
  }

  lift() {
    if (this.painting) this.changed();
    this.painting = false;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const hour = hourOf(event);
    if (hour === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in STEPS) this.go(hour, STEPS[/** @type {keyof typeof STEPS} */ (event.key)]);
    else if (/^\d$/.test(event.key)) this.set(hour, Math.min(100, Math.round((Number(event.key) * 100) / 9)));
    else if (event.key === " " || event.key === "Enter") this.set(hour, this.brush);
    else return;
    event.preventDefault();
    if (!(event.key in STEPS)) this.changed();
  }

  /** @param {number} hour @param {number} step */
  go(hour, step) {
    const next = this.cells[hour + step];
    if (!next) return;
    this.cells[hour].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

/** @param {Event} event */
function hourOf(event) {
  const cell = /** @type {HTMLElement} */ (event.target).closest?.("[data-hour]");
  return cell ? Number(/** @type {HTMLElement} */ (cell).dataset.hour) : null;
}
