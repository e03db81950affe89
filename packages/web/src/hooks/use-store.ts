import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ShortcutHandler } from '../keyboard/dispatcher.ts'
import type { ShortcutId } from '../keyboard/registry.ts'
import { useServices } from '../services.ts'
import type { Theme } from '../view/palette.ts'

/** The theme on screen. */
export function useTheme(): Theme {
  const { theme } = useServices()
  return useSyncExternalStore(theme.subscribe, theme.theme)
}

/** Now, by the given clock, renewed at an interval. */
export function useNow(clock: () => number, intervalMs = 1000): number {
  const [now, setNow] = useState(clock)
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), intervalMs)
    return () => clearInterval(timer)
  }, [clock, intervalMs])
  return now
}

/** Lets a key do something while the component is there. */
export function useShortcut(id: ShortcutId, handler: ShortcutHandler): void {
  const { shortcuts } = useServices()
  useEffect(() => shortcuts.register(id, handler), [shortcuts, id, handler])
}

/** `Lossline` behind the page's own title in the browser's tab. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Lossline' : `${title} · Lossline`
  }, [title])
}
