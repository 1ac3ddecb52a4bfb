// Stock that was added while the game ran.

/** @param {any} seen what anybody sees of the mechanic @param {string} id @param {number} count */
export function stocked(seen, id, count) {
  const prize = seen.prizes.find((/** @type {any} */ each) => each.id === id);
  if (prize) {
    prize.stock += count;
    prize.left += count;
  }
  seen.left += count;
}
