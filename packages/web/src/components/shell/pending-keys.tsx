import type { ReactElement } from 'react'
import { useValue } from '../../hooks/use-store.ts'
import { keysOf } from '../../keyboard/key-map.ts'
import { isApple, keyText } from '../../keyboard/key-press.ts'
import { shortcuts } from '../../keyboard/registry.ts'
import { useServices } from '../../services.ts'

/** What may follow the first key of a sequence, while it waits for the second. */
export function PendingKeys(): ReactElement | null {
  const { shortcuts: dispatcher, keys: store } = useServices()
  const pending = useValue(dispatcher.pending)
  const { choices } = useValue(store)
  if (pending === '') return null
  const active = new Set(dispatcher.activeIds())
  const next = shortcuts.flatMap((shortcut) => {
    const keys = keysOf(shortcut, choices).find((one) => one.startsWith(`${pending} `))
    if (keys === undefined || !active.has(shortcut.id)) return []
    return [{ shortcut, key: keyText(keys.slice(pending.length + 1), isApple()) }]
  })
  return (
    <div
      className="fixed right-4 bottom-4 z-40 rounded-lg border border-line bg-raised p-3 shadow-pop max-sm:hidden"
      role="status"
    >
      <p className="mb-1 font-medium">{keyText(pending, isApple())} then …</p>
      <ul>
        {next.map(({ shortcut, key }) => (
          <li className="flex gap-3" key={shortcut.id}>
            <kbd className="w-5 text-center font-sans font-medium">{key}</kbd>
            <span className="text-muted">{shortcut.label}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
