// How often a player may still play today, and whether there is another day.

/**
 * Nothing happens on the server at midnight: what a player has left of a day that is over is read as the new day's.
 * @param {import("../../view.js").View} view @param {{clock: {now: () => number}}} stage
 */
export function tries({ you, everyone }, { clock }) {
  const renewed = you.plays_left <= 0 && you.next_play_at !== null && clock.now() >= you.next_play_at;
  return renewed ? everyone.plays_per_day : Math.max(0, you.plays_left);
}

/** Will the game be over by the next try? @param {import("../../view.js").View} view */
export function last({ you, game }) {
  return you.next_play_at === null || (game.closes_at !== null && you.next_play_at >= game.closes_at);
}
