import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ShortcutHandler } from '../keyboard/dispatcher.ts'
import type { ShortcutId } from '../keyboard/registry.ts'
import { useServices } from '../services.ts'
import type { ValueStore } from '../view/address/value-store.ts'
import type { Theme } from '../view/chart/palette.ts'
import type { Density } from '../view/shell/theme-store.ts'

/** The theme on screen. */
export function useTheme(): Theme {
  const { theme } = useServices()
  return useSyncExternalStore(theme.subscribe, theme.theme)
}

/** How large text is. */
export function useDensity(): Density {
  const { theme } = useServices()
  return useSyncExternalStore(theme.subscribe, theme.density)
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

/** The clock of this machine, for {@link useNow}: of what has happened in this tab. */
export const wallClock = (): number => Date.now()

/** Whether everything is to be there at once, since the page goes on paper. */
export function usePrinting(): boolean {
  const { printing } = useServices()
  return useSyncExternalStore(printing.subscribe, printing.get)
}

/** Lets a key do something while the component is there. Of several that want one key, the one that came last has it. */
export function useShortcut(id: ShortcutId | undefined, handler: ShortcutHandler): void {
  const { shortcuts } = useServices()
  // Another handler in every render must not pass those that came later.
  const latest = useRef(handler)
  latest.current = handler
  useEffect(() => (id === undefined ? undefined : shortcuts.register(id, () => latest.current())), [shortcuts, id])
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
