// A game as these eyes see it: a snapshot, then events one after the other.

/**
 * @typedef {object} View
 * @property {{phase: "waiting" | "open" | "ended", running: boolean, locked: boolean, opens_at: number | null, closes_at: number | null, players: number, newest: Array<{player: number}>}} game
 * @property {any} everyone what everyone sees of the mechanic
 * @property {any} you what the player alone sees of it, null for a spectator
 * @property {{player: number, name: string} | null} me
 * @property {Record<string, string>} names by player number
 * @property {number | null} present connected players
 */

const GREETED = 12; // names that a big screen holds

/** What the lifecycle's events change. @type {Record<string, (game: any, event: any) => void>} */
const LIFECYCLE = {
  opened: (game) => Object.assign(game, { phase: "open", running: true }),
  paused: (game) => Object.assign(game, { running: false }),
  resumed: (game) => Object.assign(game, { running: game.phase === "open" }),
  ended: (game) => Object.assign(game, { phase: "ended", running: false }),
  locked: (game, event) => Object.assign(game, { locked: event.locked }),
  joined: (game, { player }) => Object.assign(game, { newest: [{ player }, ...game.newest].slice(0, GREETED) }),
  gone: (game, { player }) => Object.assign(game, { newest: game.newest.filter((each) => each.player !== player) }),
};

export class GameView {
  /** @param {(mechanic: any, event: any) => void} evolve of the mechanic's module */
  constructor(evolve) {
    this.evolve = evolve;
    /** @type {View | null} */
    this.view = null;
    /** @type {number | null} */
    this.present = null;
    this.gone = new Set(); // players whose names nobody is to read any more
  }

  /** @param {any} frame */
  snapshot(frame) {
    const { mechanic, ...game } = frame.everyone;
    this.view = { game, everyone: mechanic, you: null, me: null, names: { ...frame.names }, present: this.present };
    this.yours(frame.you);
    this.unname();
  }

  /** @param {any} frame */
  events(frame) {
    const view = this.view;
    if (!view) return;
    Object.assign(view.names, frame.names);
    for (const event of frame.events) {
      if (event.t === "gone") this.gone.add(event.player);
      if (Object.hasOwn(LIFECYCLE, event.t)) LIFECYCLE[event.t](view.game, event);
      else this.evolve(view.everyone, event);
    }
    this.unname();
  }

  /** Also where a later frame brings the name along. */
  unname() {
    for (const player of this.gone) delete this.view?.names[player];
  }

  /** @param {any} you */
  yours(you) {
    if (!this.view) return;
    const { mechanic = null, ...me } = you ?? {};
    this.view.you = mechanic;
    this.view.me = you ? me : null;
  }

  /** @param {{players: number}} frame */
  presence(frame) {
    this.present = frame.players;
    if (this.view) this.view.present = frame.players;
  }
}
