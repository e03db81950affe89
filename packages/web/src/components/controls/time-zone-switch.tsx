import type { ReactElement } from 'react'
import { useValue } from '../../hooks/use-store.ts'
import { timeZone } from '../../view/text/time-zone.ts'

/** Writes all times of the page in UTC, in this browser. It acts at once. */
export function TimeZoneSwitch(): ReactElement {
  const zone = useValue(timeZone)
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <label className="flex items-center gap-2" title={`Instead of the clock of this computer (${local})`}>
      <input
        checked={zone === 'utc'}
        className="size-4 accent-accent"
        onChange={({ target }) => timeZone.set(target.checked ? 'utc' : 'local')}
        type="checkbox"
      />
      Times in UTC
    </label>
  )
}
