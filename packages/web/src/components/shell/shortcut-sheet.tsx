import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useValue } from '../../hooks/use-store.ts'
import { keysOf } from '../../keyboard/key-map.ts'
import { isApple, keyText } from '../../keyboard/key-press.ts'
import { type Shortcut, shortcutGroups, shortcuts } from '../../keyboard/registry.ts'
import { useServices } from '../../services.ts'
import { Dialog } from '../controls/dialog.tsx'

/** All keys that do something here, from the registry. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { shortcuts: dispatcher, keys } = useServices()
  const { choices, isEnabled } = useValue(keys)
  const active = new Set(dispatcher.activeIds())
  const hasCharts = active.has('find-panels')
  const isListed = (shortcut: Shortcut): boolean =>
    keysOf(shortcut, choices).length > 0 &&
    (active.has(shortcut.id) || shortcut.id === 'escape' || (shortcut.isOfOneChart === true && hasCharts))
  return (
    <Dialog onClose={onClose} title="Shortcuts of this page">
      <div className="gap-x-8 sm:columns-2">
        {shortcutGroups.map((group) => {
          const listed = shortcuts.filter((shortcut) => shortcut.group === group && isListed(shortcut))
          if (listed.length === 0) return null
          return (
            <section className="mb-4 break-inside-avoid" key={group}>
              <h3 className="mb-1 text-muted">{group}</h3>
              <dl>
                {listed.map((shortcut) => (
                  <div className="flex items-center justify-between gap-3 border-line border-t py-1" key={shortcut.id}>
                    <dt>
                      {shortcut.label}
                      {shortcut.isOfOneChart && <span className="text-muted"> (under the pointer)</span>}
                    </dt>
                    <dd className="shrink-0">
                      <kbd className="rounded border border-line px-1.5 py-0.5 font-sans text-sm">
                        {keyText(keysOf(shortcut, choices)[0] ?? '', isApple())}
                      </kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
      <p className="text-muted">
        On a panel: arrow keys go to the next one, Enter shows it in full screen. On a chart’s cursor: ← → move by a
        point (Shift: by ten), ↑ ↓ change the run, + − zoom.
      </p>
      <label className="mt-3 flex items-center gap-2">
        <input
          checked={isEnabled}
          className="accent-accent"
          onChange={({ target }) => keys.set({ ...keys.get(), isEnabled: target.checked })}
          type="checkbox"
        />
        Single-key shortcuts
      </label>
      <Link className="link-text mt-2 inline-block" onClick={onClose} to="/settings/shortcuts">
        Choose other keys
      </Link>
    </Dialog>
  )
}
