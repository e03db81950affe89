import type { ShareLinkRow } from '@lossline/store'
import type { Surface } from '../surface.ts'
import type { Identity } from './identity.ts'

/** So many askers are remembered; making one takes a few milliseconds. */
const surfaceCountMax = 200

/** The surface for whoever asks, kept for the next request. */
export function createSurfaces(options: {
  readonly full: Surface
  readonly anonymous: Surface
  /** For somebody who may not do everything. */
  readonly create: (identity: Identity) => Surface
}): (identity: Identity | undefined) => Surface {
  const known = new Map<string, Surface>()
  return (identity) => {
    if (identity === undefined) return options.anonymous
    // Nobody with an account is that free: what an admin may not do is to log for somebody who does not exist.
    if (identity.account === undefined) return options.full
    const { id, isAdmin } = identity.account
    const key = `${id} ${isAdmin} ${identity.scope} ${identity.defaultEntity}`
    const surface = known.get(key) ?? options.create(identity)
    // The one that was not used for longest goes first.
    known.delete(key)
    known.set(key, surface)
    if (known.size > surfaceCountMax) known.delete(known.keys().next().value!)
    return surface
  }
}

/** The surface for whoever has a link, kept for the next request. */
export function createSharedSurfaces(create: (link: ShareLinkRow) => Surface): (link: ShareLinkRow) => Surface {
  const known = new Map<number, Surface>()
  return (link) => {
    const surface = known.get(link.id) ?? create(link)
    known.delete(link.id)
    known.set(link.id, surface)
    if (known.size > surfaceCountMax) known.delete(known.keys().next().value!)
    return surface
  }
}
