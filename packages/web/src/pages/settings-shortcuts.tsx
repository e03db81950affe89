import { type ReactElement, useState } from 'react'
import { KeyField } from '../components/shell/key-field.tsx'
import { useValue } from '../hooks/use-store.ts'
import { conflictsOf, keysOf } from '../keyboard/key-map.ts'
import { isApple, keyText } from '../keyboard/key-press.ts'
import { type Shortcut, shortcutGroups, shortcuts } from '../keyboard/registry.ts'
import { useServices } from '../services.ts'

/** Every shortcut with its key, which people can change. */
export function SettingsShortcuts(): ReactElement {
  const { keys: store } = useServices()
  const settings = useValue(store)
  const isChanged = Object.keys(settings.choices).length > 0
  return (
    <>
      <label className="mb-1 flex items-center gap-2">
        <input
          checked={settings.isEnabled}
          className="accent-accent"
          onChange={({ target }) => store.set({ ...settings, isEnabled: target.checked })}
          type="checkbox"
        />
        Single-key shortcuts
      </label>
      <p className="mb-4 text-muted">
        Without them only keys with {isApple() ? '⌘' : 'Ctrl'} act: better for people who speak to their computer.
      </p>
      {isChanged && (
        <button className="button mb-4" onClick={() => store.set({ ...settings, choices: {} })} type="button">
          Reset all keys
        </button>
      )}
      {shortcutGroups.map((group) => (
        <section key={group}>
          <h2 className="mt-5 mb-1 font-semibold">{group}</h2>
          <ul className="rounded-lg border border-line bg-panel">
            {shortcuts
              .filter((shortcut) => shortcut.group === group && shortcut.id !== 'escape')
              .map((shortcut) => (
                <KeyLine key={shortcut.id} shortcut={shortcut} />
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function KeyLine({ shortcut }: { readonly shortcut: Shortcut }): ReactElement {
  const { keys: store } = useServices()
  const settings = useValue(store)
  const [isAsking, setIsAsking] = useState(false)
  const { choices } = settings
  const keys = keysOf(shortcut, choices)
  const conflicts = keys.flatMap((one) => conflictsOf(shortcut.id, one, choices))
  const choose = (next: readonly string[] | undefined): void => {
    const { [shortcut.id]: _, ...others } = choices
    store.set({ ...settings, choices: next === undefined ? others : { ...others, [shortcut.id]: next } })
    setIsAsking(false)
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-3 py-1 first:border-t-0">
      <span className="min-w-48 flex-1">
        {shortcut.label}
        {conflicts.length > 0 && (
          <span className="block text-bad text-sm">Also the key of “{conflicts[0]?.label}”</span>
        )}
      </span>
      {isAsking ? (
        <KeyField
          label={`Key for: ${shortcut.label}`}
          onCancel={() => setIsAsking(false)}
          onKeys={(key) => choose([key])}
        />
      ) : (
        <kbd className="font-sans text-muted">
          {keys.length === 0 ? 'no key' : keys.map((one) => keyText(one, isApple())).join(' or ')}
        </kbd>
      )}
      {!isAsking && (
        <>
          <button
            aria-label={`Change the key for: ${shortcut.label}`}
            className="link-text"
            onClick={() => setIsAsking(true)}
            type="button"
          >
            Change
          </button>
          {choices[shortcut.id] === undefined ? (
            keys.length > 0 && (
              <button
                aria-label={`Remove the key for: ${shortcut.label}`}
                className="link-text"
                onClick={() => choose([])}
                type="button"
              >
                Remove
              </button>
            )
          ) : (
            <button
              aria-label={`Reset the key for: ${shortcut.label}`}
              className="link-text"
              onClick={() => choose(undefined)}
              type="button"
            >
              Reset
            </button>
          )}
        </>
      )}
    </li>
  )
}
