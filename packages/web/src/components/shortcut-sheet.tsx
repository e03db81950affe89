import { X } from 'lucide-react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { type Shortcut, shortcuts } from '../keyboard/registry.ts'
import { useServices } from '../services.ts'

const groups: readonly Shortcut['group'][] = ['Runs', 'Charts', 'Media', 'Page']

/** All shortcuts that do something here, from the registry. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  const { shortcuts: dispatcher } = useServices()
  const [isEnabled, setIsEnabled] = useState(dispatcher.isEnabled())
  useEffect(() => dialog.current?.showModal(), [])
  const active = new Set(dispatcher.activeIds())
  const hasCharts = active.has('find-panels')
  const isOfThisPage = ({ id, isOfOneChart }: Shortcut): boolean =>
    active.has(id) || id === 'escape' || (isOfOneChart === true && hasCharts)
  return (
    <dialog
      aria-labelledby="shortcut-sheet-title"
      className="m-auto w-[min(640px,calc(100vw-32px))] rounded-xl bg-raised p-5 text-text shadow-pop"
      onClose={onClose}
      ref={dialog}
    >
      <div className="mb-3 flex items-center">
        <h2 className="font-semibold text-lg" id="shortcut-sheet-title">
          Shortcuts of this page
        </h2>
        <button
          aria-label="Close"
          className="icon-button ml-auto"
          onClick={() => dialog.current?.close()}
          type="button"
        >
          <X size={16} />
        </button>
      </div>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {groups.map((group) => {
          const listed = shortcuts.filter((shortcut) => shortcut.group === group && isOfThisPage(shortcut))
          if (listed.length === 0) return null
          return (
            <section key={group}>
              <h3 className="mb-1 text-muted">{group}</h3>
              <dl>
                {listed.map(({ id, display, label, isOfOneChart }) => (
                  <div className="flex items-center justify-between border-line border-t py-1" key={id}>
                    <dt>
                      {label}
                      {isOfOneChart && <span className="text-muted"> (under the pointer)</span>}
                    </dt>
                    <dd>
                      <kbd className="rounded border border-line px-1.5 py-0.5 font-sans text-sm">{display}</kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
      <p className="mt-3 text-muted">
        On a chart’s cursor: ← → move by a point (Shift: by ten), ↑ ↓ change the run, + − zoom.
      </p>
      <label className="mt-3 flex items-center gap-2">
        <input
          checked={isEnabled}
          className="accent-accent"
          onChange={({ target }) => {
            dispatcher.setEnabled(target.checked)
            setIsEnabled(target.checked)
          }}
          type="checkbox"
        />
        Single-key shortcuts
      </label>
    </dialog>
  )
}
