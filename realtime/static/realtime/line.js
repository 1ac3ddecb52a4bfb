// Where a client is in a game's log: it sees a gap by itself.

/** Seconds after which a resume that was not answered is asked for again. */
const PATIENCE = 3;

export class Line {
  /** @param {() => number} seconds monotonic */
  constructor(seconds) {
    this.seconds = seconds;
    /** @type {string | null} */
    this.line = null;
    /** @type {number | null} */
    this.seq = null;
    /** @type {number | null} when a resume was asked for that has not been answered */
    this.askedAt = null;
  }

  /** A snapshot replaces whatever was known. @param {{line: string, seq: number}} frame */
  begin(frame) {
    this.line = frame.line;
    this.seq = frame.seq;
    this.askedAt = null;
  }

  /**
   * The whole rule: `since` equals my last: apply. `seq` not above my last: ignore. Else: resume.
   * @param {{since: number, seq: number}} frame
   * @returns {"apply" | "ignore" | "resume"}
   */
  judge(frame) {
    if (this.seq === null) return this.gap();
    if (frame.since === this.seq) return this.advance(frame.seq);
    return frame.seq <= this.seq ? "ignore" : this.gap();
  }

  /** A ping or a `you` carries the number of the log's last event: is it time to resume? @param {number | undefined} seq */
  behind(seq) {
    return typeof seq === "number" && this.seq !== null && seq > this.seq && this.gap() === "resume";
  }

  /** A `you` ends every resume. */
  settle() {
    this.askedAt = null;
  }

  /** @param {number} seq @returns {"apply"} */
  advance(seq) {
    this.seq = seq;
    return "apply";
  }

  /** One resume at a time. @returns {"resume" | "ignore"} */
  gap() {
    const waiting = this.askedAt !== null && this.seconds() - this.askedAt < PATIENCE;
    if (waiting) return "ignore";
    this.askedAt = this.seconds();
    return "resume";
  }
}
