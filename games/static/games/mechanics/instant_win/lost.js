// Not this time: kind, and with what comes next on a ticket, because the next try is the player's own.

import { el, write } from "../../dom.js";
import { last, tries } from "./tries.js";

export class Lost {
  /** @param {any} stage @param {() => void} again @param {() => void} prize */
  constructor(stage, again, prize) {
    this.stage = stage;
    this.again = again;
    this.prize = prize;
  }

  /** The next try has come. @param {import("../../view.js").View} view */
  over(view) {
    return this.left === 0 && tries(view, this.stage) > 0;
  }

  /** @param {import("../../view.js").View} view @param {boolean} fresh it happened now */
  show(view, fresh) {
    const { t, root, mood, say, focus } = this.stage;
    this.left = tries(view, this.stage);
    const title = el("h1.hero", { tabindex: -1 }, t("lost_title"));
    mood("quiet", !fresh);
    root.replaceChildren(el("div.stack", {}, title, el("p.lead", {}, this.lead(view))), this.ticket(view), this.ways(view));
    if (!fresh) return;
    focus(title);
    say(t("lost_said"));
  }

  /** @param {import("../../view.js").View} view */
  lead(view) {
    const name = { name: view.me?.name ?? "" };
    if (this.left > 0) return this.stage.t("lost_more", name);
    return this.stage.t(last(view) ? "lost_last" : "lost_lead", name);
  }

  /** @param {import("../../view.js").View} view */
  ticket(view) {
    const { t, times, clock } = this.stage;
    if (this.left > 0 || last(view)) return "";
    const at = view.you.next_play_at;
    this.still = el("span.strong.num");
    this.update(view);
    return el(
      "section.ticket.lost-ticket",
      { "aria-label": t("next") },
      el("p.sm.strong", {}, t("next")),
      el("h2", {}, times.plain(at, clock.now())),
      el("p.sm.muted", {}, t("next_here", { zone: times.called })),
      el("div.win-code", {}, el("span.sm", {}, t("still")), this.still),
    );
  }

  /** @param {import("../../view.js").View} view */
  ways(view) {
    const { t } = this.stage;
    const { left } = this;
    const { won } = view.you;
    return el(
      "div.stack.stack-2",
      {},
      left > 0 ? el("button.btn.btn-second.btn-lg.btn-block", { type: "button", click: this.again }, t("again", { count: left })) : "",
      won.length ? el("button.btn.btn-lg.btn-block", { type: "button", click: this.prize }, t("my_prizes", { count: won.length })) : "",
    );
  }

  /** @param {import("../../view.js").View} view */
  update(view) {
    if (this.still) write(this.still, this.stage.t("still_count", { count: view.everyone.left }));
  }
}
