import type { ReactElement } from 'react'
import type { ViewState } from '../../view/url-state.ts'
import { sourceOf } from '../../view/workspace/panel-settings.ts'
import type { PanelSettings } from '../../view/workspace/workspace.ts'
import { SmoothingControl } from '../smoothing-control.tsx'
import { XAxisSelect } from '../x-axis-select.tsx'
import { SettingRow } from './setting-row.tsx'

/** Axes and smoothing of a section or of one panel. They act at once. */
export function ScopeSettings(props: {
  /** What is set here. */
  readonly settings: PanelSettings
  /** Of the section around a panel; undefined where the section itself is meant. */
  readonly above: PanelSettings | undefined
  /** What holds here in the end. */
  readonly effective: ViewState
  readonly xKeys: readonly string[]
  readonly onChange: (settings: PanelSettings) => void
}): ReactElement {
  const { settings, above, effective, xKeys, onChange } = props
  const change = (patch: PanelSettings): void => onChange({ ...settings, ...patch })
  const from = (key: keyof PanelSettings): string | undefined =>
    settings[key] === undefined ? sourceOf(key, above ?? {}, undefined) : undefined
  return (
    <>
      <SettingRow inheritedFrom={from('x')} label="X axis" onReset={() => change({ x: undefined })}>
        <XAxisSelect onChange={(x) => change({ x })} value={effective.x} xKeys={xKeys} />
      </SettingRow>
      <SettingRow inheritedFrom={from('smoothing')} label="Smoothing" onReset={() => change({ smoothing: undefined })}>
        <SmoothingControl
          onChange={(smoothing) => change({ smoothing })}
          unit="x"
          value={effective.smoothing}
          xExtent={undefined}
        />
      </SettingRow>
      <SettingRow inheritedFrom={from('isLogX')} label="X scale" onReset={() => change({ isLogX: undefined })}>
        <ScaleSelect isLog={effective.isLogX} label="X scale" onChange={(isLogX) => change({ isLogX })} />
      </SettingRow>
      <SettingRow inheritedFrom={from('isLogY')} label="Y scale" onReset={() => change({ isLogY: undefined })}>
        <ScaleSelect isLog={effective.isLogY} label="Y scale" onChange={(isLogY) => change({ isLogY })} />
      </SettingRow>
    </>
  )
}

function ScaleSelect(props: {
  readonly label: string
  readonly isLog: boolean
  readonly onChange: (isLog: boolean) => void
}): ReactElement {
  return (
    <select
      aria-label={props.label}
      className="control"
      onChange={({ target }) => props.onChange(target.value === 'log')}
      value={props.isLog ? 'log' : 'linear'}
    >
      <option value="linear">Linear</option>
      <option value="log">Logarithmic</option>
    </select>
  )
}
