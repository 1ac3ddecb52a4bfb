// A browser made of a clock that tests turn by hand and of sockets that tests speak through.

import { connect } from "../../../realtime/static/realtime/socket.js";

class FakeSocket extends EventTarget {
  constructor(url) {
    super();
    this.url = url;
    this.readyState = 0;
    this.sent = [];
  }
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }
  says(frame) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(frame) }));
  }
  dies(code = 1006) {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

export class World {
  constructor() {
    this.time = 0;
    this.chance = 1;
    this.waiting = new Map();
    this.sockets = [];
    this.page = Object.assign(new EventTarget(), { hidden: false });
    this.window = new EventTarget();
    let id = 0;
    this.browser = {
      make: (url) => {
        this.sockets.push(new FakeSocket(url));
        return this.socket;
      },
      timers: {
        setTimeout: (act, ms) => (this.waiting.set((id += 1), { at: this.time + ms / 1000, act }), id),
        clearTimeout: (known) => this.waiting.delete(known),
      },
      seconds: () => this.time,
      random: () => this.chance,
      page: this.page,
      window: this.window,
    };
  }

  get socket() {
    return this.sockets.at(-1);
  }

  /** Turns the clock; what was due on the way happens in its order. */
  async pass(seconds) {
    const end = this.time + seconds;
    for (;;) {
      const next = [...this.waiting].filter(([, each]) => each.at <= end).toSorted(([, a], [, b]) => a.at - b.at)[0];
      if (!next) break;
      this.waiting.delete(next[0]);
      this.time = Math.max(this.time, next[1].at);
      next[1].act();
      await settle();
    }
    this.time = end;
    await settle();
  }

  async hide(hidden) {
    this.page.hidden = hidden;
    this.page.dispatchEvent(new Event("visibilitychange"));
    await settle();
  }
}

/** Lets promises that are due come true. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

export const SNAPSHOT = { t: "snapshot", line: "k3f9", seq: 19, now: 1_790_000_000, running: true, everyone: { paused: 0 }, you: { player: 17 }, names: {} };

/** A connection that has been greeted, and what it told. */
export async function greeted(more = {}) {
  const world = new World();
  const heard = { snapshots: [], events: [], you: [], states: [] };
  const connection = connect(
    "ws://test/ws/play/demo/game/",
    {
      onSnapshot: (frame) => heard.snapshots.push(frame),
      onEvents: (frame) => heard.events.push(...frame.events),
      onYou: (frame) => heard.you.push(frame.you),
      onState: (state) => heard.states.push(state),
      ...more,
    },
    world.browser,
  );
  await settle();
  world.socket.open();
  world.socket.says(SNAPSHOT);
  return { world, connection, heard };
}
