import type { Theme } from '../chart/palette.ts'

/** What somebody chose; `system` follows the operating system. */
export type ThemeChoice = Theme | 'system'
/** Whether borders and quiet text are stronger than usual; `system` follows the operating system. */
export type ContrastChoice = 'high' | 'system'
/** How large text is, and how much room rows have. */
export const densities = ['dense', 'comfortable'] as const
export type Density = (typeof densities)[number]

/** The page's theme, and how to change it. */
export interface ThemeStore {
  choice(): ThemeChoice
  /** What is on screen. */
  theme(): Theme
  choose(choice: ThemeChoice): void
  contrastChoice(): ContrastChoice
  chooseContrast(choice: ContrastChoice): void
  density(): Density
  chooseDensity(density: Density): void
  subscribe(listener: () => void): () => void
}

/** Also read by `public/theme.js`, before anything is painted. */
const themeKey = 'lossline-theme'
const contrastKey = 'lossline-contrast'
const densityKey = 'lossline-density'

/**
 * Reads the choice of this browser and keeps `<html data-theme data-contrast data-density>` true to it.
 *
 * @param fixed - The theme of the page around, which nobody can change here.
 */
export function createThemeStore(fixed?: Theme): ThemeStore {
  const listeners = new Set<() => void>()
  const systemDark = matchMedia('(prefers-color-scheme: dark)')
  const systemContrast = matchMedia('(prefers-contrast: more)')
  let choice = fixed ?? readChoice(themeKey, ['light', 'dark'] as const, 'system')
  let contrast = readChoice(contrastKey, ['high'] as const, 'system')
  let density = readChoice(densityKey, densities, 'dense')
  let isPrinting = false
  const theme = (): Theme => {
    if (isPrinting) return 'light'
    return choice === 'system' ? (systemDark.matches ? 'dark' : 'light') : choice
  }
  const apply = (): void => {
    const { dataset } = document.documentElement
    dataset.theme = theme()
    dataset.contrast = contrast === 'high' || systemContrast.matches ? 'high' : 'normal'
    dataset.density = density
    for (const listener of listeners) listener()
  }
  const keep = (key: string, value: string): void => {
    try {
      localStorage.setItem(key, value)
    } catch {
      // Without storage the choice lasts as long as the tab.
    }
    apply()
  }
  const printing = (is: boolean) => (): void => {
    isPrinting = is
    apply()
  }
  systemDark.addEventListener('change', apply)
  systemContrast.addEventListener('change', apply)
  // Ink is dark and paper is light, whatever the screen is.
  matchMedia('print').addEventListener('change', ({ matches }) => printing(matches)())
  addEventListener('beforeprint', printing(true))
  addEventListener('afterprint', printing(false))
  apply()
  return {
    choice: () => choice,
    theme,
    choose(next) {
      choice = next
      keep(themeKey, next)
    },
    contrastChoice: () => contrast,
    chooseContrast(next) {
      contrast = next
      keep(contrastKey, next)
    },
    density: () => density,
    chooseDensity(next) {
      density = next
      keep(densityKey, next)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function readChoice<T extends string, Usual extends string>(
  key: string,
  choices: readonly T[],
  usual: Usual,
): T | Usual {
  try {
    const text = localStorage.getItem(key)
    return choices.find((one) => one === text) ?? usual
  } catch {
    return usual
  }
}
