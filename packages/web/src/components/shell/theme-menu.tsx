import { Monitor, Moon, Sun } from 'lucide-react'
import { type ReactElement, useCallback, useSyncExternalStore } from 'react'
import { useShortcut, useTheme } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import type { ThemeChoice } from '../../view/shell/theme-store.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { KeyHint, menuItemClass } from './menu-item.tsx'

const choices: readonly { readonly id: ThemeChoice; readonly label: string; readonly Icon: typeof Sun }[] = [
  { id: 'light', label: 'Light', Icon: Sun },
  { id: 'dark', label: 'Dark', Icon: Moon },
  { id: 'system', label: 'As the system', Icon: Monitor },
]

/** Light or dark, and how strong. */
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
  return (
    <PopoverButton
      className="icon-button max-sm:hidden"
      face={theme === 'dark' ? <Moon size={16} /> : <Sun size={16} />}
      label="Theme"
      panelClassName="w-60 p-1"
    >
      {() => (
        <>
          <ThemeChoices />
          <p className="flex justify-between border-line border-t px-2.5 pt-2 pb-1 text-muted text-sm">
            Light or dark <KeyHint id="toggle-theme" />
          </p>
        </>
      )}
    </PopoverButton>
  )
}

/** The choices themselves; they act at once. */
export function ThemeChoices(): ReactElement {
  const { theme: store } = useServices()
  const choice = useSyncExternalStore(store.subscribe, store.choice)
  const contrast = useSyncExternalStore(store.subscribe, store.contrastChoice)
  return (
    <fieldset>
      <legend className="sr-only">Theme</legend>
      {choices.map(({ id, label, Icon }) => (
        <label className={menuItemClass} key={id}>
          <input
            checked={choice === id}
            className="accent-accent"
            name="theme"
            onChange={() => store.choose(id)}
            type="radio"
          />
          <Icon aria-hidden="true" className="text-muted" size={15} />
          {label}
        </label>
      ))}
      <label className={menuItemClass}>
        <input
          checked={contrast === 'high'}
          className="accent-accent"
          onChange={({ target }) => store.chooseContrast(target.checked ? 'high' : 'system')}
          type="checkbox"
        />
        High contrast
      </label>
    </fieldset>
  )
}
