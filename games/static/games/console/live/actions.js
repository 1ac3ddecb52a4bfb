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
    const over = room.phase === "ended";
    const held = document.getElementById("acts").contains(document.activeElement) || document.activeElement === this.entrance;
    this.button.disabled = !meaning;
    this.button.hidden = this.end.hidden = over;
    document.getElementById("after").hidden = !over;
    document.getElementById("room").hidden = over;
    this.end.disabled = this.entrance.disabled = over;
    if (over && held && !this.wasOver) document.getElementById("after").focus();
    this.wasOver = over;
    if (meaning) write(this.button.querySelector("span"), t(`do_${meaning}`));
    document.getElementById("acts").classList.toggle("over", over);
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
  kick(player, name) {
    return this.sendOut("kick", player, name);
  }

  /** @param {number} player @param {string} name */
  ban(player, name) {
    return this.sendOut("ban", player, name);
  }

  /** Asks first, by hand and by key: it is somebody's game. @param {"kick" | "ban"} act @param {number} player @param {string} name */
  async sendOut(act, player, name) {
    const { t } = this.page;
    const words = { title: t(`ask_${act}`, { name }), text: t(`ask_${act}_text`, { name }), yes: t(act), no: t("let_play", { name }) };
    if ((await confirm(words)) && (await this.ask(act, { player }))) this.page.toast(t(`${act}_done`, { name }));
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
