import { Monitor, Moon, Sun } from 'lucide-react'
import { type ReactElement, useSyncExternalStore } from 'react'
import { useServices } from '../../services.ts'
import { type Density, densities, type ThemeChoice } from '../../view/shell/theme-store.ts'
import { menuItemClass } from './menu-item.tsx'

const choices: readonly { readonly id: ThemeChoice; readonly label: string; readonly Icon: typeof Sun }[] = [
  { id: 'light', label: 'Light', Icon: Sun },
  { id: 'dark', label: 'Dark', Icon: Moon },
  { id: 'system', label: 'As the system', Icon: Monitor },
]

const densityNames: Readonly<Record<Density, string>> = { dense: 'Dense', comfortable: 'Comfortable' }

/** Light or dark, how strong, and how dense; they act at once. */
export function ThemeChoices(): ReactElement {
  return (
    <>
      <ColorChoices />
      <DensityChoices />
    </>
  )
}

function ColorChoices(): ReactElement {
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

/** How large text and rows are. */
function DensityChoices(): ReactElement {
  const { theme: store } = useServices()
  const density = useSyncExternalStore(store.subscribe, store.density)
  return (
    <fieldset className="border-line border-t">
      <legend className="sr-only">Density</legend>
      {densities.map((one) => (
        <label className={menuItemClass} key={one}>
          <input
            checked={density === one}
            className="accent-accent"
            name="density"
            onChange={() => store.chooseDensity(one)}
            type="radio"
          />
          {densityNames[one]}
        </label>
      ))}
    </fieldset>
  )
}
