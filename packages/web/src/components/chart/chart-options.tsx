import { RotateCcw } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { type TooltipOrder, tooltipOrders, type ViewState } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import { defaultOption, isDefaultOption } from '../../view/workspace/setting-defaults.ts'
import { TimeZoneSwitch } from '../controls/time-zone-switch.tsx'

const switches = [
  { key: 'showsMarks', label: 'Moments: resumed, ended, artifacts, alerts' },
  { key: 'showsBest', label: 'Best points' },
  { key: 'breaksGaps', label: 'Break lines at gaps' },
  { key: 'showsOriginal', label: 'Original values behind smoothed lines' },
  { key: 'drawsEveryStroke', label: 'Every stroke of noisy lines' },
  { key: 'sharesYRange', label: 'Same y range for all line charts of a section' },
  { key: 'joinsAsLogged', label: 'Join points as logged where x goes back' },
  { key: 'syncsZoom', label: 'Zoom all panels together' },
] as const

const orderNames: Readonly<Record<TooltipOrder, string>> = {
  nearest: 'Nearest first',
  value: 'Largest value first',
  name: 'By name',
}

/** What all line charts show beside their lines. It acts at once. */
export function ChartOptionFields({
  view,
  store,
}: {
  readonly view: ViewState
  readonly store: ViewStore
}): ReactElement {
  return (
    <div className="grid gap-2">
      {switches.map(({ key, label }) => (
        <OptionLine
          isDefault={isDefaultOption(view, key)}
          key={key}
          name={label}
          onReset={() => store.update(defaultOption(key))}
        >
          <label className="flex min-w-0 flex-1 items-center gap-2">
            <input
              checked={view[key]}
              className="size-4 shrink-0 accent-accent"
              onChange={({ target }) => store.update({ [key]: target.checked })}
              type="checkbox"
            />
            {label}
          </label>
        </OptionLine>
      ))}
      <TimeZoneSwitch />
      <OptionLine
        isDefault={isDefaultOption(view, 'tooltipOrder')}
        name="Tooltip"
        onReset={() => store.update(defaultOption('tooltipOrder'))}
      >
        <label className="flex min-w-0 flex-1 items-center justify-between gap-2">
          Tooltip
          <select
            className="control"
            // One of the options: they are all there are.
            onChange={({ target }) => store.update({ tooltipOrder: target.value as TooltipOrder })}
            value={view.tooltipOrder}
          >
            {tooltipOrders.map((order) => (
              <option key={order} value={order}>
                {orderNames[order]}
              </option>
            ))}
          </select>
        </label>
      </OptionLine>
    </div>
  )
}

/** An option, and beside one that somebody has chosen the way back. */
function OptionLine(props: {
  readonly name: string
  readonly isDefault: boolean
  readonly onReset: () => void
  readonly children: ReactNode
}): ReactElement {
  return (
    <div className="flex min-h-6.5 items-center gap-2">
      {props.children}
      {props.isDefault ? (
        <span className="shrink-0 text-muted text-sm">default</span>
      ) : (
        <button
          aria-label={`Reset ${props.name} to the default`}
          className="icon-button shrink-0"
          onClick={props.onReset}
          title="Set here. Reset to the default"
          type="button"
        >
          <RotateCcw size={14} />
        </button>
      )}
    </div>
  )
}
