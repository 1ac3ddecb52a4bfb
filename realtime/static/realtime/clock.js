// The server's clock as this device sees it: timers count on it, whatever the device's own clock says.
//
// Frames carry the game's time: wall time less the pauses. It stands still in a pause, and only then.

/** More than this many seconds between two readings is not latency: the device slept, or the server's clock was set. */
const LEAP = 1;

export class ServerClock {
  /** @param {() => number} monotonic seconds that never go back, from any origin @param {() => number} own this device's wall clock */
  constructor(monotonic, own = () => Date.now() / 1000) {
    this.monotonic = monotonic;
    this.own = own;
    /** @type {number | null} */
    this.offset = null;
    this.stoodAt = 0; // game time of the last frame, for a clock that stands
    this.running = false;
    this.phase = "";
    this.paused = 0; // seconds of the pauses that are over
    this.pausedAt = 0;
  }

  /** A snapshot, new events or numbers. @param {any} frame */
  hear(frame) {
    if (frame.everyone) {
      this.phase = frame.everyone.phase ?? "";
      this.paused = frame.everyone.paused ?? 0;
      this.pausedAt = frame.now + this.paused;
    }
    for (const event of frame.events ?? []) this.turn(event);
    if (frame.now !== undefined) this.read(frame.now, frame.running ?? this.running);
  }

  /** @param {{t: string, at?: number}} event */
  turn(event) {
    if (event.t === "opened") this.phase = "open";
    if (event.t === "ended") this.phase = "ended";
    if (event.t === "paused") this.pausedAt = event.at ?? 0;
    if (event.t === "resumed") this.paused += (event.at ?? 0) - this.pausedAt;
  }

  /** A frame is late by the network, never early: the greatest offset is the best. @param {number} now @param {boolean} running */
  read(now, running) {
    this.running = running;
    this.stoodAt = now;
    if (this.stands) return;
    const sample = now - this.monotonic();
    const leapt = this.offset === null || Math.abs(sample - this.offset) > LEAP;
    this.offset = leapt ? sample : Math.max(/** @type {number} */ (this.offset), sample);
  }

  get stands() {
    return this.phase === "open" && !this.running;
  }

  /** Game time, in seconds. */
  game() {
    if (this.stands) return this.stoodAt;
    return this.offset === null ? this.own() - this.paused : this.monotonic() + this.offset;
  }

  /** Wall time of the server, in seconds since 1970; during a pause the device's own clock has to do. */
  now() {
    return this.stands ? Math.max(this.own(), this.pausedAt) : this.game() + this.paused;
  }

  /** Seconds until an instant of the wall, never below zero. @param {number} at */
  until(at) {
    return Math.max(0, at - this.now());
  }
}
