/** The longest line that servers take: 10 MiB less 100 KiB (W&B's core, defaultMaxFileLineBytes). Longer ones are left out. */
export const lineBytesMax: number = 10 * 2 ** 20 - 100 * 2 ** 10
