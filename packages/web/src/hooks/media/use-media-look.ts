import { createContext, useContext, useState } from 'react'
import { type MediaLook, plainLook } from '../../view/media/media-look.ts'

/** What is shown of the media below, and how that is changed for all of them. */
export interface SharedLook {
  readonly look: MediaLook
  readonly change: (patch: Partial<MediaLook>) => void
}

/** Undefined: each of the media below is looked at by itself. */
export const MediaLookContext = createContext<SharedLook | undefined>(undefined)

/** What is shown of the media around, or of this one alone. */
export function useMediaLook(): SharedLook {
  const shared = useContext(MediaLookContext)
  const [look, setLook] = useState(plainLook)
  return shared ?? { look, change: (patch) => setLook((before) => ({ ...before, ...patch })) }
}
