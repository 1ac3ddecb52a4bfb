// Who this browser is in a game: by the cookie where it sticks, else by a kept token and fresh tickets.

/** Storage that may be forbidden, full or absent: then memory, for this page's life. */
class Keep {
  /** @param {string} key @param {Array<() => Storage>} places */
  constructor(key, places) {
    this.key = key;
    this.places = places;
    /** @type {string | null} */
    this.memory = null;
  }

  /** @param {(storage: Storage) => any} act @returns {any} */
  first(act) {
    for (const place of this.places) {
      try {
        const found = act(place());
        if (found) return found;
      } catch {
        continue; // blocked: the next place
      }
    }
    return null;
  }

  read() {
    return this.memory ?? this.first((storage) => storage.getItem(this.key));
  }

  /** @param {string} token */
  write(token) {
    this.memory = token;
    this.first((storage) => {
      storage.setItem(this.key, token);
      return true;
    });
  }

  forget() {
    this.memory = null;
    this.first((storage) => void storage.removeItem(this.key));
  }
}

/** A door said no: `code` is an API word, `fields` say which field and why. */
export class Refused extends Error {
  /** @param {number} status @param {any} body */
  constructor(status, body) {
    super(body?.message || body?.error?.message || `HTTP ${status}`);
    this.status = status;
    this.code = body?.code || body?.error?.code || "";
    this.retry = body?.retry ?? body?.error?.retry ?? null;
  }
}

export class Session {
  /**
   * @param {{api: string, key: string, known: boolean, fetch?: typeof fetch, places?: Array<() => Storage>}} given
   *   api: address of the game's API, ends with "/"; known: the server recognised the cookie when it made this page
   */
  constructor({ api, key, known, fetch: fetcher, places }) {
    this.api = api;
    this.fetch = fetcher ?? ((...args) => globalThis.fetch(...args));
    this.keep = new Keep(key, places ?? [() => localStorage, () => sessionStorage]);
    this.cookie = known;
    if (known) this.keep.forget(); // the cookie sticks: no secret needs to lie about
    /** @type {string | null} the token of a join whose cookie is not proved yet */
    this.token = known ? null : this.keep.read();
    this.member = known || this.token !== null;
  }

  /** @param {string} path @param {object} body */
  async post(path, body) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const answer = await this.fetch(this.api + path, { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin" });
    const found = await answer.json().catch(() => null);
    if (!answer.ok) throw new Refused(answer.status, found);
    return found;
  }

  /** @param {{nickname: string}} fields @returns {Promise<{player: number, socket: string}>} */
  async join(fields) {
    const found = await this.post("join", fields);
    this.token = found.token;
    this.member = true;
    this.cookie = true; // until the first snapshot says otherwise
    return found;
  }

  /** A ticket for the next socket; null where the cookie speaks for us. @returns {Promise<string | null>} */
  async ticket() {
    if (this.cookie || !this.token) return null;
    const found = await this.post("ticket", { token: this.token }).catch((problem) => this.lost(problem));
    return found?.ticket ?? null;
  }

  /** A token that is not accepted is none; without a network it may still be good. @param {any} problem */
  lost(problem) {
    if (!(problem instanceof Refused) || problem.status >= 500 || problem.status === 429) throw problem;
    this.leave();
    return null;
  }

  /** The cookie did not speak for us: from now on the token does. @returns {boolean} whether there is another way */
  doubt() {
    const hope = this.cookie && this.token !== null;
    this.cookie = false;
    if (hope) this.keep.write(/** @type {string} */ (this.token));
    else this.leave();
    return hope;
  }

  leave() {
    this.keep.forget();
    this.token = null;
    this.cookie = false;
    this.member = false;
  }

  /** The player's own prizes, with their codes. @returns {Promise<Array<{award: string, prize: string, label: string, code: string | null, at: number}>>} */
  async awards() {
    return await this.post("awards", this.cookie || !this.token ? {} : { token: this.token });
  }
}
