import { useCallback, useEffect, useRef } from 'react'
import type { ShortcutHandler } from '../../keyboard/dispatcher.ts'
import type { ShortcutId } from '../../keyboard/registry.ts'
import { useServices } from '../../services.ts'

/** Ends the registration of the panel that was active before. */
let releaseActive: (() => void) | undefined

/**
 * Lets keys that are for one panel mean the one that was pointed at or focused last.
 *
 * @param keys - Which keys the panel has; the same ones in every render.
 * @returns what makes this panel the one.
 */
export function useActivePanel(keys: Partial<Record<ShortcutId, ShortcutHandler>>): () => void {
  const { shortcuts } = useServices()
  const latest = useRef(keys)
  latest.current = keys
  const release = useRef<() => void>(undefined)
  useEffect(() => () => release.current?.(), [])
  return useCallback(() => {
    releaseActive?.()
    // Names of an object literal that has no others.
    const ids = Object.keys(latest.current) as ShortcutId[]
    const stops = ids.map((id) => shortcuts.register(id, () => latest.current[id]?.()))
    const stop = (): void => {
      for (const one of stops) one()
      if (releaseActive === stop) releaseActive = undefined
    }
    release.current = stop
    releaseActive = stop
  }, [shortcuts])
}
