import type { Theme } from './palette.ts'

/** What somebody chose; `system` follows the operating system. */
export type ThemeChoice = Theme | 'system'

/** The page's theme, and how to change it. */
export interface ThemeStore {
  choice(): ThemeChoice
  /** What is on screen. */
  theme(): Theme
  choose(choice: ThemeChoice): void
  subscribe(listener: () => void): () => void
}

const storageKey = 'lossline-theme'

/** Reads the choice of this browser and keeps `<html data-theme>` true to it. */
export function createThemeStore(): ThemeStore {
  const listeners = new Set<() => void>()
  const systemDark = matchMedia('(prefers-color-scheme: dark)')
  let choice = readChoice()
  const theme = (): Theme => (choice === 'system' ? (systemDark.matches ? 'dark' : 'light') : choice)
  const apply = (): void => {
    document.documentElement.dataset.theme = theme()
    for (const listener of listeners) listener()
  }
  systemDark.addEventListener('change', apply)
  apply()
  return {
    choice: () => choice,
    theme,
    choose(next) {
      choice = next
      try {
        localStorage.setItem(storageKey, next)
      } catch {
        // Without storage the choice lasts as long as the tab.
      }
      apply()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function readChoice(): ThemeChoice {
  try {
    const text = localStorage.getItem(storageKey)
    return text === 'light' || text === 'dark' ? text : 'system'
  } catch {
    return 'system'
  }
}
