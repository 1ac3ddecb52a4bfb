// The log on the page: what the frames tell at once, and who did it from the stored log a moment later.

import { el, write } from "../../dom.js";
import { GAP, Journal } from "./journal.js";

const LIFECYCLE = new Set(["opened", "paused", "resumed", "ended", "locked", "kicked", "banned"]);

export class Log {
  /** @param {any} page */
  constructor(page) {
    this.page = page;
    this.list = document.getElementById("log");
    this.journal = new Journal((event) => (event.t === "joined" ? "joined" : page.mechanic.crowd(event)), page.mechanic.size);
    /** @type {Map<number, HTMLElement>} */
    this.shown = new Map();
    /** @type {Set<any>} */
    this.dirty = new Set();
    /** @type {any[] | null} frames that came while the past was being fetched */
    this.waiting = null;
  }

  /** A snapshot: the past is asked for, up to its number; what comes meanwhile waits. @param {any} frame */
  async begin(frame) {
    const waiting = (this.waiting = []);
    const entries = await this.ask({ until: frame.seq });
    if (this.waiting !== waiting) return; // another snapshot came
    this.waiting = null;
    this.journal.clear();
    this.dirty.clear();
    this.shown.clear();
    this.list.replaceChildren();
    for (const entry of entries) this.add(this.signed(entry));
    for (const line of this.journal.leave(frame.seq, this.page.connection.clock.now())) this.dirty.add(line);
    for (const each of waiting) this.hear(each.frame, each.at);
    this.flushSoon();
  }

  /** @param {any} frame of events @param {number} at */
  hear(frame, at) {
    if (this.waiting) {
      this.waiting.push({ frame, at });
      return;
    }
    const first = frame.seq - frame.events.length + 1;
    for (const [index, event] of frame.events.entries()) this.add({ seq: first + index, at, event, name: frame.names[event.player] ?? "" });
    if (frame.events.some((event) => LIFECYCLE.has(event.t))) this.sign(first - 1, frame.seq);
    this.flushSoon();
  }

  add(entry) {
    for (const line of this.journal.add(entry)) this.dirty.add(line);
  }

  /** Frames do not say who; the stored log does. What another operator did is told aloud. */
  async sign(after, until) {
    const entries = await this.ask({ after, until });
    for (const entry of entries.filter((each) => LIFECYCLE.has(each.event.t))) {
      const { seq, by, mine } = this.signed(entry);
      const line = this.journal.sign(seq, by);
      if (!line) continue;
      this.dirty.add(line);
      if (!mine && by) this.page.toast(this.page.t("did", { who: by, what: this.text(line) }));
    }
    this.flushSoon();
  }

  /** @param {any} entry */
  signed(entry) {
    return { ...entry, by: entry.mine ? this.page.t("you") : entry.by };
  }

  /** What was decided last, and by whom. @returns {Promise<{who: string, what: string} | null>} */
  async latest() {
    const entries = await this.ask({});
    const found = entries.findLast((entry) => LIFECYCLE.has(entry.event.t));
    if (!found) return null;
    return { who: this.signed(found).by ?? this.page.t("by_hours"), what: this.text({ ...found, kind: found.event.t, count: 1, names: [found.name] }) };
  }

  /** @param {Record<string, number>} asked @returns {Promise<any[]>} */
  async ask(asked) {
    const answer = await fetch(`${this.page.urls.log}?${new URLSearchParams(asked)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    return answer?.ok && !answer.redirected ? (await answer.json()).entries : [];
  }

  // On the page

  flushSoon() {
    this.soon ??= requestAnimationFrame(() => {
      this.soon = undefined;
      this.flush();
    });
  }

  flush() {
    const { lines, earlier } = this.journal;
    for (const line of lines.filter((each) => this.dirty.has(each)).toReversed()) this.draw(line);
    this.dirty.clear();
    this.drop(new Set(lines.map((line) => line.id)));
    document.getElementById("log-empty").hidden = lines.length > 0 || earlier > 0;
    document.getElementById("log-rest").hidden = earlier === 0;
    write(document.getElementById("log-rest"), this.page.t("earlier", { count: earlier }));
  }

  /** What the journal has let go. @param {Set<number>} kept */
  drop(kept) {
    for (const [id, row] of this.shown) {
      if (kept.has(id)) continue;
      row.remove();
      this.shown.delete(id);
    }
  }

  draw(line) {
    const known = this.shown.get(line.id);
    if (!known) {
      this.list.prepend(this.made(line));
      return;
    }
    write(known.children[1], this.text(line));
    write(known.children[2], this.by(line));
  }

  made(line) {
    const time = line.kind === GAP ? "" : this.page.times.format(line.at, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    const row = el("li", { "data-kind": line.kind }, el("time.mono.xs", {}, time), el("span", {}, this.text(line)), el("span.by", {}, this.by(line)));
    this.shown.set(line.id, row);
    return row;
  }

  by(line) {
    if (line.by === null) return LIFECYCLE.has(line.kind) ? this.page.t("by_hours") : "";
    return line.by ?? "";
  }

  text(line) {
    const { t, own, room, mechanic } = this.page;
    if (line.kind === GAP) return t("gap", { count: line.count });
    const values = { ...mechanic.details(room.game.mechanic, line.event), name: line.names[0] ?? `#${line.event.player}`, count: line.count, names: line.names.join(", ") };
    const keys = variants(line).map((variant) => `event_${variant}`);
    const said = keys.flatMap((key) => [t, own].map((say) => [key, say(key, values)])).find(([key, words]) => words !== key);
    return said?.[1] ?? t("event_unknown", { event: line.kind });
  }
}

/** The sentences that an event may have, the best one first. @param {any} line */
function variants({ kind, event, count, names }) {
  if (kind === "ended") return [`ended_${event.reason}`, kind];
  if (kind === "locked") return [event.locked ? "locked" : "unlocked"];
  return count > names.length ? [`${kind}_many`, kind] : [kind];
}
