import { readJson, writeJson } from '../browser/local-json.ts'

/** Something that was chosen before: a command by its id, or a place. */
export interface RecentPick {
  readonly id: string
  readonly label: string
  readonly detail?: string
  readonly href?: string
}

/** What somebody chose last, newest first; remembered by the browser. */
export interface RecentPicks {
  list(): readonly RecentPick[]
  note(pick: RecentPick): void
}

const storageKey = 'lossline-recent'
const keptMax = 20

/** The picks of this browser. */
export function createRecentPicks(): RecentPicks {
  const list = (): readonly RecentPick[] => parseRecentPicks(readJson(storageKey))
  return {
    list,
    note({ id, label, detail, href }) {
      const pick = { id, label, ...(detail !== undefined && { detail }), ...(href !== undefined && { href }) }
      writeJson(storageKey, [pick, ...list().filter((old) => old.id !== id)].slice(0, keptMax))
    },
  }
}

/** Picks from what a browser has kept; what does not fit is left out. */
export function parseRecentPicks(stored: unknown): readonly RecentPick[] {
  if (!Array.isArray(stored)) return []
  return stored.filter((one): one is RecentPick => {
    if (typeof one !== 'object' || one === null) return false
    const { id, label, detail, href } = one as Record<string, unknown>
    const isTextOrAbsent = (value: unknown): boolean => value === undefined || typeof value === 'string'
    // An address of another origin was never put there by this page.
    const isOwn = href === undefined || (typeof href === 'string' && /^\/(?!\/)/.test(href))
    return typeof id === 'string' && typeof label === 'string' && isTextOrAbsent(detail) && isOwn
  })
}
