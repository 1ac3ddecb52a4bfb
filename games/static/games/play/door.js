// The form at the entrance: one field, one button. What was typed stays typed.

import { write } from "../dom.js";

const MOST = 24;

export class Door {
  /**
   * @param {HTMLFormElement} form @param {import("../speech.js").Say} t
   * @param {(fields: {nickname: string}) => Promise<void>} enter rejects with a sentence for people, where the server gave one
   */
  constructor(form, t, enter) {
    this.form = form;
    this.t = t;
    this.enter = enter;
    this.field = /** @type {HTMLInputElement} */ (form.elements.namedItem("nickname"));
    this.button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    this.error = /** @type {HTMLElement} */ (form.querySelector(".error"));
    form.addEventListener("submit", (event) => this.submit(event));
    this.field.addEventListener("input", () => this.complain(""));
  }

  /** Was the button pressed before this module was awake? Then the name came back in the address: it is not asked for twice. */
  early() {
    const { searchParams, href } = new URL(location.href);
    if (!searchParams.has("nickname")) return false;
    history.replaceState(null, "", href.split("?")[0]);
    return true;
  }

  /** @param {Event} event */
  async submit(event) {
    event.preventDefault();
    if (this.button.getAttribute("aria-busy") === "true") return;
    const nickname = this.field.value.normalize("NFC").trim();
    const wrong = this.wrong(nickname);
    if (wrong) return this.complain(wrong);
    this.wait(true);
    try {
      await this.enter({ nickname });
    } catch (problem) {
      this.complain(this.sentence(problem));
    } finally {
      this.wait(false);
    }
  }

  /** @param {string} nickname @returns {string} */
  wrong(nickname) {
    if (!nickname) return this.t("name_empty");
    return [...nickname].length > MOST ? this.t("name_long", { most: MOST }) : "";
  }

  /** @param {any} problem */
  sentence(problem) {
    if (problem instanceof TypeError) return this.t("join_offline");
    return problem.status && problem.status < 500 && problem.message ? problem.message : this.t("join_failed");
  }

  /** @param {string} sentence */
  complain(sentence) {
    write(/** @type {Element} */ (this.error.querySelector("span")), sentence);
    this.error.hidden = !sentence;
    this.field.toggleAttribute("aria-invalid", false);
    if (!sentence) return;
    this.field.setAttribute("aria-invalid", "true");
    this.field.focus();
  }

  /** The button stays down while we ask. @param {boolean} busy */
  wait(busy) {
    this.button.setAttribute("aria-busy", String(busy));
    this.button.classList.toggle("is-pressed", busy);
    this.field.readOnly = busy;
  }
}
