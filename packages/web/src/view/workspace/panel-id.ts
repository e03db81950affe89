const letters = '0123456789abcdefghijklmnopqrstuvwxyz'

/** An id for a panel or a view that somebody makes, as W&B's own: 12 characters. */
export function createPanelId(random: () => number = Math.random): string {
  return Array.from({ length: 12 }, () => letters[Math.floor(random() * letters.length)]).join('')
}
