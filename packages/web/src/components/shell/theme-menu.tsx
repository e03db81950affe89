import { Moon, Sun } from 'lucide-react'
import { lazy, type ReactElement, Suspense, useCallback } from 'react'
import { useShortcut, useTheme } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { KeyHint } from './menu-item.tsx'

const ThemeChoices = lazy(() => import('./theme-choices.tsx').then((module) => ({ default: module.ThemeChoices })))

/** Light or dark, how strong, and how dense. */
export function ThemeMenu(): ReactElement {
  const { theme: store } = useServices()
  const theme = useTheme()
  useShortcut(
    'toggle-theme',
    useCallback(() => store.choose(store.theme() === 'dark' ? 'light' : 'dark'), [store]),
  )
  useShortcut(
    'toggle-contrast',
    useCallback(() => store.chooseContrast(store.contrastChoice() === 'high' ? 'system' : 'high'), [store]),
  )
  useShortcut(
    'toggle-density',
    useCallback(() => store.chooseDensity(store.density() === 'dense' ? 'comfortable' : 'dense'), [store]),
  )
  return (
    <PopoverButton
      className="icon-button max-sm:hidden"
      face={theme === 'dark' ? <Moon size={16} /> : <Sun size={16} />}
      label="Theme"
      panelClassName="w-60 p-1"
    >
      {() => (
        <Suspense>
          <ThemeChoices />
          <p className="flex justify-between border-line border-t px-2.5 pt-2 pb-1 text-muted text-sm">
            Light or dark <KeyHint id="toggle-theme" />
          </p>
        </Suspense>
      )}
    </PopoverButton>
  )
}
