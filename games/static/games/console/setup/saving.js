// Saves the form while one types: one request at a time, the newest state last, again after an outage.

const QUIET = 700; // ms without a key
const AGAIN = 4000; // ms after a failure

export class Saving {
  /**
   * @param {HTMLFormElement} form
   * @param {{say: (key: string) => void, saved: (answer: any) => void, stale: (answer: any) => void, published: () => void}} heard
   */
  constructor(form, heard) {
    this.form = form;
    this.heard = heard;
    this.version = /** @type {HTMLInputElement} */ (form.elements.namedItem("version"));
    this.dirty = false;
    this.held = false; // somebody else has saved: first one has to choose
    /** @type {Promise<any> | null} */
    this.running = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    addEventListener("beforeunload", (event) => {
      if (this.dirty || this.running) event.preventDefault();
    });
  }

  /** Something was typed. @param {number} [after] ms */
  touch(after = QUIET) {
    this.dirty = true;
    clearTimeout(this.timer);
    if (!this.held) this.timer = setTimeout(() => this.flush(), after);
  }

  /** Whatever is typed by now is saved when this is done; true if it is. @param {string} [wish] a button of the form @returns {Promise<boolean>} */
  async flush(wish = "") {
    clearTimeout(this.timer);
    while (this.running) await this.running; // oxlint-disable-line no-await-in-loop -- one after the other is what is wanted
    if (this.held && wish !== "keep") return false;
    if (!this.dirty && !wish) return true;
    this.running = this.send(wish);
    const done = await this.running;
    this.running = null;
    if (this.dirty && done) this.touch();
    return done;
  }

  /** @param {string} wish */
  async send(wish) {
    const body = new FormData(this.form);
    if (wish) body.set("do", wish);
    this.dirty = false;
    this.heard.say("saving");
    try {
      const answer = await fetch(this.form.action || location.href, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
      return await this.read(answer);
    } catch {
      return this.fail("lost");
    }
  }

  /** @param {Response} answer */
  async read(answer) {
    if (answer.type === "opaqueredirect") return this.fail("signed_out");
    if (answer.status >= 500) return this.fail("lost");
    if (!answer.ok && answer.status !== 409) return this.fail("failed", false);
    const told = await answer.json();
    if (told.code === "published") this.heard.published();
    if (told.code === "stale") {
      this.held = this.dirty = true;
      this.heard.stale(told);
    }
    if (told.code) return false;
    this.held = false;
    this.version.value = told.version;
    this.heard.saved(told);
    return true;
  }

  /** @param {string} word @param {boolean} [again] */
  fail(word, again = true) {
    this.dirty = true;
    this.heard.say(word);
    if (again) this.timer = setTimeout(() => this.flush(), AGAIN);
    return false;
  }
}
