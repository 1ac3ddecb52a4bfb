// The game as its operators see it: a snapshot, then events one after the other.

/**
 * @typedef {object} Game
 * @property {"waiting" | "open" | "ended"} phase
 * @property {boolean} running @property {boolean} locked @property {number | null} opens_at @property {number | null} closes_at
 * @property {number} players @property {any} mechanic
 */

/** What the lifecycle's events change. @type {Record<string, (room: Room, event: any) => void>} */
const LIFECYCLE = {
  opened: ({ game }) => Object.assign(game, { phase: "open", running: true }),
  paused: ({ game }) => Object.assign(game, { running: false }),
  resumed: ({ game }) => Object.assign(game, { running: game.phase === "open" }),
  ended: ({ game }) => Object.assign(game, { phase: "ended", running: false }),
  locked: ({ game }, event) => Object.assign(game, { locked: event.locked }),
  joined: ({ game }) => (game.players += 1),
  banned: ({ banned }, event) => banned.add(event.player),
  kicked: () => {},
};

export class Room {
  /** @param {(mechanic: any, event: any) => void} evolve of the mechanic's module */
  constructor(evolve) {
    this.evolve = evolve;
    /** @type {Game | null} */
    this.game = null;
    /** @type {Set<number>} */
    this.banned = new Set();
    /** @type {number | null} how many are connected */
    this.present = null;
  }

  /** @param {any} frame */
  snapshot(frame) {
    const { banned, ...game } = frame.everyone;
    this.game = game;
    this.banned = new Set((banned ?? []).map((each) => each.player));
  }

  /** @param {any[]} events */
  happen(events) {
    if (!this.game) return;
    for (const event of events) {
      if (Object.hasOwn(LIFECYCLE, event.t)) LIFECYCLE[event.t](this, event);
      else this.evolve(this.game.mechanic, event);
    }
  }

  /** @returns {"waiting" | "open" | "paused" | "ended"} */
  get phase() {
    if (this.game?.phase === "open" && !this.game.running) return "paused";
    return this.game?.phase ?? "waiting";
  }
}
