// What an operator may do now: one main action by the phase, the entrance, the end; and what is said when somebody was quicker.

import { write } from "../../dom.js";
import { confirm } from "./confirm.js";

const MAIN = { waiting: "open", open: "pause", paused: "resume" };
const CALM = 700; // ms in which a button that has just changed its meaning by itself does nothing: nobody means what he has not read

export class Actions {
  /** @param {any} page everything that a live page has */
  constructor(page) {
    this.page = page;
    this.button = document.getElementById("main-action");
    this.end = document.getElementById("end");
    this.entrance = /** @type {HTMLInputElement} */ (document.getElementById("entrance"));
    this.meaning = "";
    this.button.addEventListener("click", () => this.main());
    this.end.addEventListener("click", () => this.close());
    this.entrance.addEventListener("change", () => this.turn());
  }

  show() {
    const { room, t } = this.page;
    const meaning = MAIN[room.phase] ?? "";
    if (meaning !== this.meaning) this.calm();
    this.meaning = meaning;
    this.button.disabled = !meaning;
    this.end.disabled = this.entrance.disabled = room.phase === "ended";
    write(this.button.querySelector("span"), t(meaning ? `do_${meaning}` : "is_over"));
    this.button.querySelector("kbd").hidden = !meaning;
    document.getElementById("acts").classList.toggle("over", room.phase === "ended");
    if (!this.turning) this.entrance.checked = !room.game.locked;
    document.getElementById("entrance-note").hidden = !room.game.locked;
  }

  calm() {
    clearTimeout(this.calming);
    this.button.toggleAttribute("data-calm", true);
    this.calming = setTimeout(() => this.button.removeAttribute("data-calm"), CALM);
  }

  async main() {
    const { meaning, button } = this;
    if (!meaning || button.ariaBusy === "true" || button.hasAttribute("data-calm")) return;
    button.ariaBusy = "true";
    await this.ask(meaning);
    button.ariaBusy = null;
  }

  /** The switch shows what was asked for until the answer is there. */
  async turn() {
    this.turning = true;
    await this.ask("lock", { locked: !this.entrance.checked });
    this.turning = false;
    this.show();
  }

  flip() {
    if (!this.entrance.disabled) this.entrance.click();
  }

  async close() {
    const { room, t, title, mechanic, own } = this.page;
    if (this.end.disabled) return;
    const lost = [room.present ? t("ask_end_players", { count: room.present }) : "", mechanic.lostByEnd(room.game.mechanic, own), t("ask_end_last")];
    const words = { title: t("ask_end", { title }), text: lost.filter(Boolean).join(" "), yes: t("end_yes"), no: t("end_no") };
    if (await confirm(words)) await this.ask("end");
  }

  /** @param {number} player @param {string} name */
  async kick(player, name) {
    if (await this.ask("kick", { player })) this.page.toast(this.page.t("kicked_done", { name }));
  }

  /** @param {number} player @param {string} name */
  async ban(player, name) {
    const { t } = this.page;
    const words = { title: t("ask_ban", { name }), text: t("ask_ban_text", { name }), yes: t("ban_yes"), no: t("ban_no", { name }) };
    if ((await confirm(words)) && (await this.ask("ban", { player }))) this.page.toast(t("banned_done", { name }));
  }

  /** @param {string} command @param {object} [fields] @returns {Promise<boolean>} whether it happened */
  async ask(command, fields = {}) {
    try {
      await this.page.connection.command(command, fields);
      return true;
    } catch (refusal) {
      await this.explain(refusal);
      return false;
    }
  }

  /** Somebody was quicker: say who, and what he did. @param {any} refusal */
  async explain(refusal) {
    const { t, toast, log } = this.page;
    if (this.page.connection.state.name === "off") return; // the badge says it
    const latest = refusal.code === "not_now" ? await log.latest() : null;
    if (latest) toast(t("already", { who: latest.who, what: latest.what }), "bad");
    else toast(t("failed", { message: refusal.message }), "bad");
  }
}
