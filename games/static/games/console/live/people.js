// The players: the newest first, found by name or number, sent out from here.

import { el, write } from "../../dom.js";
import { work } from "./keys.js";

const MOST = 90; // rows that come by themselves
const PAUSE = 250; // ms of typing

export class People {
  /** @param {any} page */
  constructor(page) {
    this.page = page;
    this.list = document.getElementById("players");
    this.more = document.getElementById("players-more");
    this.empty = document.getElementById("players-empty");
    this.field = /** @type {HTMLInputElement} */ (document.getElementById("players-q"));
    this.field.addEventListener("input", () => this.later());
    this.field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.load();
    });
    this.more.addEventListener("click", () => this.load(true));
    this.field.addEventListener("keydown", (event) => this.search(event));
    this.list.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("click", (event) => this.click(event));
    /** @type {HTMLElement | null} who had the focus before the search */
    this.from = null;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), PAUSE);
  }

  /** @param {boolean} [further] the next page instead of the first */
  async load(further = false) {
    const asked = (this.asked = this.field.value.trim());
    const before = further ? this.list.lastElementChild?.dataset.player : undefined;
    const url = `${this.page.urls.players}?${new URLSearchParams({ q: asked, ...(before && { before }) })}`;
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (asked !== this.asked) return; // a later question is on its way
    const found = answer?.ok && !answer.redirected ? await answer.json() : null;
    const held = /** @type {HTMLElement | null} */ (found && !further && this.list.contains(document.activeElement) ? document.activeElement.closest("li") : null);
    if (found && !further) this.list.replaceChildren();
    this.list.append(...(found?.players ?? []).map((player) => this.row(player)));
    this.more.hidden = !found?.more;
    this.tell(found === null);
    if (held) this.hold(held.dataset.player);
  }

  /** @param {boolean} [failed] */
  tell(failed = false) {
    const { t } = this.page;
    this.failed = failed;
    this.empty.hidden = !failed && this.list.children.length > 0;
    write(this.empty, failed ? t("search_failed") : this.asked ? t("nobody_found", { asked: this.asked }) : t(this.page.room.phase === "ended" ? "nobody_ended" : "nobody"));
    if (this.list.children.length > 0 && !this.list.querySelector("li[tabindex='0']")) this.open(this.list.firstElementChild);
  }

  /** What the game tells while the list is open. @param {any[]} events @param {Record<string, string>} names @param {number} at */
  hear(events, names, at) {
    for (const event of events) {
      const row = this.rowOf(event.player);
      if (event.t === "joined" && !row && !this.asked) this.come({ player: event.player, name: names[event.player] ?? "", at, won: 0 });
      const gain = this.page.mechanic.gain(event);
      if (gain && row) this.wins(row, Number(row.dataset.won) + gain);
      if (event.t === "banned" && row) this.mark(row);
    }
  }

  /** Nobody who reads further down, or stands on a row, is pushed away. */
  come(player) {
    const top = this.list.scrollTop;
    this.list.prepend(this.row(player));
    if (top > 0) this.list.scrollTop = top + this.list.firstElementChild.offsetHeight;
    if (this.list.children.length > MOST) {
      this.list.lastElementChild.remove();
      this.more.hidden = false;
    }
    this.tell();
  }

  // A row

  rowOf(player) {
    return this.list.querySelector(`[data-player="${player}"]`);
  }

  row({ player, name, at, won }) {
    const { t, times } = this.page;
    const facts = el("span.xs.muted", {}, `#${player}, ${t("came_at", { time: times.time(at) })}`, el("span", { "data-wins": true }));
    const outs = ["kick", "ban"].map((act) =>
      el(`button.btn.btn-sm${act === "ban" ? ".btn-danger" : ""}`, { type: "button", "data-act": act, tabindex: -1, "aria-label": t(`${act}_label`, { name }) }, t(act)),
    );
    const row = el("li", { "data-player": player, "data-name": name, tabindex: -1 }, el("span.avatar", { "aria-hidden": "true" }, [...name][0]?.toUpperCase() ?? ""), el("div", {}, el("b", {}, name), facts), el("span.outs", {}, ...outs));
    this.wins(row, won);
    if (this.page.room.banned.has(player)) this.mark(row);
    return row;
  }

  wins(row, won) {
    row.dataset.won = String(won);
    row.querySelector("[data-wins]").textContent = won ? `, ${this.page.t("wins", { count: won })}` : "";
  }

  mark(row) {
    row.toggleAttribute("data-banned", true);
    row.querySelector(".outs").replaceChildren(el("span.tag.tag-bad", {}, this.page.t("banned")));
  }

  /** What changes with the game, whoever is in the list. */
  settle() {
    if (this.failed !== undefined) this.tell(this.failed);
    for (const player of this.page.room.banned) {
      const row = this.rowOf(player);
      if (row && !row.hasAttribute("data-banned")) this.mark(row);
    }
  }

  // Hands

  /** Who stood on a player stands on him again, else on the first. @param {string} player */
  hold(player) {
    const row = this.rowOf(player) ?? this.list.firstElementChild;
    if (row) this.stand(row);
    else this.field.focus();
  }

  click(event) {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act) this.act(act, event.target.closest("li"));
  }

  /** @param {string} act @param {HTMLElement} row */
  act(act, row) {
    if (!row.hasAttribute("data-banned") && this.page.room.phase !== "ended") this.page.actions[act](Number(row.dataset.player), row.dataset.name);
  }

  press(event) {
    const row = event.target.closest("li");
    const to = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling ?? this.field, Escape: this.field }[event.key];
    const act = work() ? { k: "kick", x: "ban" }[event.key.toLowerCase()] : undefined;
    if (!row || event.ctrlKey || event.metaKey || event.altKey || (!to && !act) || (act && event.repeat)) return;
    event.preventDefault();
    event.stopPropagation();
    if (act) this.act(act, row);
    else if (to === this.field) to.focus();
    else this.stand(to);
  }

  /** Arrows go from the field into the list; Escape leaves it as it was before the search. */
  search(event) {
    const first = this.list.firstElementChild;
    const act = { ArrowDown: first && (() => this.stand(first)), Escape: () => this.leave() }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    act();
  }

  /** To the search, from wherever the hands are. */
  find() {
    this.from = /** @type {HTMLElement} */ (document.activeElement);
    this.field.focus();
    this.field.select();
  }

  /** Clears the search, and gives the focus back to who had it: single keys work again. */
  leave() {
    clearTimeout(this.timer);
    const searched = this.field.value || this.asked;
    this.field.value = "";
    if (searched) this.load();
    const back = this.from?.isConnected && this.from !== document.body && !this.list.contains(this.from) ? this.from : document.getElementById("main");
    this.from = null;
    back.focus();
  }

  /** @param {HTMLElement} row */
  stand(row) {
    this.open(row);
    row.focus();
  }

  /** One row is in the order of Tab, with its buttons. @param {HTMLElement} row */
  open(row) {
    for (const other of this.list.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
    for (const one of [row, ...row.querySelectorAll("button")]) one.tabIndex = 0;
  }
}
