// The server's clock as this device sees it: timers count on it, whatever the device's own clock says.

/** More than this many seconds between two readings is not latency: the device slept, or the server's clock was set. */
const LEAP = 1;

export class ServerClock {
  /** @param {() => number} monotonic seconds that never go back, from any origin */
  constructor(monotonic = () => performance.now() / 1000) {
    this.monotonic = monotonic;
    /** @type {number | null} */
    this.offset = null;
    this.running = false;
    this.paused = 0;
    this.stoodAt = 0;
  }

  /**
   * A frame says what time it was when it left. It is late by the network, never early: the greatest offset is the best.
   * @param {{now?: number, running?: boolean}} frame
   */
  read(frame) {
    if (frame.now === undefined) return;
    const sample = frame.now - this.monotonic();
    const leapt = this.offset === null || Math.abs(sample - this.offset) > LEAP;
    this.offset = leapt ? sample : Math.max(/** @type {number} */ (this.offset), sample);
    this.turn(frame.running ?? this.running, frame.now);
  }

  /** A pause stops the game's clock. @param {boolean} running @param {number} at */
  turn(running, at) {
    if (this.running && !running) this.stoodAt = at;
    if (!this.running && running && this.stoodAt) this.paused += at - this.stoodAt;
    if (running) this.stoodAt = 0;
    this.running = running;
  }

  /** What a snapshot knows better. @param {number} paused seconds of the pauses that are over @param {number} at when it was taken */
  set(paused, at) {
    this.paused = paused;
    if (!this.running) this.stoodAt = at;
  }

  /** Wall time of the server, in seconds since 1970. */
  now() {
    return this.monotonic() + (this.offset ?? Date.now() / 1000 - this.monotonic());
  }

  /** Game time: wall time less the pauses; it stands while the game does. */
  game() {
    return (this.running || !this.stoodAt ? this.now() : this.stoodAt) - this.paused;
  }

  /** Seconds until an instant of the wall, never below zero. @param {number} at */
  until(at) {
    return Math.max(0, at - this.now());
  }
}
