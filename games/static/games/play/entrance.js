// What stands at the entrance: a game that waits, runs, rests, lets nobody in or is over. The page was made in one of these states, and
// has the words of all; who looks on from the entrance hears of each change, so that the door opens before his eyes.

/** @param {{phase: string, running: boolean, locked: boolean}} game */
export function standing({ phase, running, locked }) {
  if (phase === "ended") return "ended";
  if (locked) return "locked";
  if (phase === "waiting") return "waiting";
  return running ? "open" : "paused";
}

export class Entrance {
  /** @param {HTMLElement} section @param {(sentence: string) => void} say */
  constructor(section, say) {
    this.section = section;
    this.say = say;
    this.state = section.dataset.state ?? "open";
  }

  /** @param {{phase: string, running: boolean, locked: boolean}} game @returns {boolean} whether it has turned */
  show(game) {
    const state = standing(game);
    if (state === this.state) return false;
    this.state = state;
    this.section.dataset.state = state;
    for (const part of this.parts("[data-when]")) part.hidden = !part.dataset.when?.split(" ").includes(state);
    if (!this.section.hidden) this.say(this.said());
    return true;
  }

  /** What has changed, for ears. */
  said() {
    const shown = this.parts("[data-said]").filter((part) => !part.closest("[hidden]"));
    return shown.map((part) => part.textContent?.trim().replace(/[^.!?]$/, "$&.")).join(" ");
  }

  /** @param {string} selector */
  parts(selector) {
    return /** @type {HTMLElement[]} */ ([...this.section.querySelectorAll(selector)]);
  }
}
