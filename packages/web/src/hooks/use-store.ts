import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ShortcutHandler } from '../keyboard/dispatcher.ts'
import type { ShortcutId } from '../keyboard/registry.ts'
import { useServices } from '../services.ts'
import type { Theme } from '../view/palette.ts'
import type { ValueStore } from '../view/value-store.ts'

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

/** The value of a store, renewed when it changes. */
export function useValue<T>(store: Pick<ValueStore<T>, 'get' | 'subscribe'>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}

/** The last step of the path in the top bar while the component is there. */
export function useCrumb(text: string): void {
  const { crumb } = useServices()
  useEffect(() => {
    crumb.set(text)
    return () => crumb.set('')
  }, [crumb, text])
}

/** `Lossline` behind the page's own title in the browser's tab. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Lossline' : `${title} · Lossline`
  }, [title])
}
