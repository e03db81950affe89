import { Eye, EyeOff } from 'lucide-react'
import type { ReactElement } from 'react'
import { useKeyText } from '../../hooks/use-key-text.ts'
import type { ShortcutId } from '../../keyboard/registry.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import { toggledLog } from '../../view/chart/y-scale.ts'
import { noXZoom } from '../../view/chart/zooms.ts'

/** Log axes and outliers of all charts. */
export function AxisToggles(props: { readonly view: ViewState; readonly store: ViewStore }): ReactElement {
  const { view, store } = props
  return (
    <div className="flex shrink-0 gap-1.5">
      <Toggle
        isOn={view.isLogX}
        label="Log x"
        note="Logarithmic x axis"
        onClick={() => store.update({ isLogX: !view.isLogX, ...noXZoom })}
        shortcut="log-x"
      />
      <Toggle
        isOn={view.yScale !== 'linear'}
        label={view.yScale === 'symlog' ? 'Symlog y' : 'Log y'}
        note={view.yScale === 'symlog' ? 'Logarithmic y axis that goes on below 0' : 'Logarithmic y axis'}
        onClick={() => store.update({ yScale: toggledLog(view.yScale) })}
        shortcut="log-y"
      />
      <Toggle
        isOn={view.ignoresOutliers}
        icon={view.ignoresOutliers ? <EyeOff size={14} /> : <Eye size={14} />}
        label={view.ignoresOutliers ? 'Outliers ignored' : 'Outliers shown'}
        note={
          view.ignoresOutliers
            ? 'Outliers are ignored: the y axis fits the middle 95 % of the points, and what lies outside is marked'
            : 'Outliers are shown: the y axis fits all points'
        }
        onClick={() => store.update({ ignoresOutliers: !view.ignoresOutliers })}
        shortcut="toggle-outliers"
        text="Outliers"
      />
    </div>
  )
}

function Toggle(props: {
  readonly isOn: boolean
  readonly label: string
  /** What stands on it, where that is not its whole name. */
  readonly text?: string
  readonly icon?: ReactElement
  readonly note: string
  readonly shortcut: ShortcutId
  readonly onClick: () => void
}): ReactElement {
  const key = useKeyText(props.shortcut)
  return (
    <button
      aria-label={props.label}
      aria-pressed={props.isOn}
      className="button px-2"
      onClick={props.onClick}
      title={key === undefined ? props.note : `${props.note} (${key})`}
      type="button"
    >
      {props.icon}
      {props.text ?? props.label}
    </button>
  )
}
