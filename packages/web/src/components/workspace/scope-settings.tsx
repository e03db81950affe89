import type { RunSummary } from '@lossline/protocol'
import type { ReactElement, ReactNode } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useSmoothingRange } from '../../hooks/chart/use-smoothing-range.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import { xExtent, xUnit } from '../../view/chart/x-axis.ts'
import { parseYScale, yScaleNames, yScales } from '../../view/chart/y-scale.ts'
import { sourceOf } from '../../view/workspace/panel-settings.ts'
import type { PanelSettings } from '../../view/workspace/workspace.ts'
import { SmoothingControl } from '../chart/smoothing-control.tsx'
import { XAxisSelect } from '../chart/x-axis-select.tsx'
import { RangeFields } from '../panels/range-fields.tsx'
import { SettingRow } from './setting-row.tsx'

/** Axes and smoothing of a section or of one panel. They act at once. */
export function ScopeSettings(props: {
  readonly address: ProjectAddress
  /** What is set here. */
  readonly settings: PanelSettings
  /** Of the section around a panel; undefined where the section itself is meant. */
  readonly above: PanelSettings | undefined
  /** What holds here in the end. */
  readonly effective: ViewState
  readonly xKeys: readonly string[]
  /** That are drawn: how long they are says what smoothing means. */
  readonly runs: readonly RunSummary[]
  /** The field of a formula as x axis; undefined: there can be none. */
  readonly xFormula?: (expression: string, onChange: (expression: string) => void) => ReactNode
  readonly onChange: (settings: PanelSettings) => void
}): ReactElement {
  const { settings, above, effective, xKeys, runs, onChange } = props
  const range = useSmoothingRange(props.address, effective.x, runs)
  const change = (patch: PanelSettings): void => onChange({ ...settings, ...patch })
  const from = (key: keyof PanelSettings): string | undefined =>
    settings[key] === undefined ? sourceOf(key, above ?? {}, undefined) : undefined
  return (
    <>
      <SettingRow inheritedFrom={from('x')} label="X axis" onReset={() => change({ x: undefined })}>
        <XAxisSelect
          hasFormula={props.xFormula !== undefined}
          onChange={(x) => change({ x })}
          value={effective.x}
          xKeys={xKeys}
        />
        {effective.x.kind === 'expression' &&
          props.xFormula?.(effective.x.expression, (expression) => change({ x: { kind: 'expression', expression } }))}
      </SettingRow>
      <SettingRow inheritedFrom={from('smoothing')} label="Smoothing" onReset={() => change({ smoothing: undefined })}>
        <SmoothingControl
          onChange={(smoothing) => change({ smoothing })}
          unit={xUnit(effective.x)}
          value={effective.smoothing}
          range={range}
          xExtent={xExtent(effective.x, runs)}
        />
      </SettingRow>
      <SettingRow inheritedFrom={from('isLogX')} label="X scale" onReset={() => change({ isLogX: undefined })}>
        <ScaleSelect isLog={effective.isLogX} label="X scale" onChange={(isLogX) => change({ isLogX })} />
      </SettingRow>
      <SettingRow inheritedFrom={from('yScale')} label="Y scale" onReset={() => change({ yScale: undefined })}>
        <select
          aria-label="Y scale"
          className="control"
          onChange={({ target }) => change({ yScale: parseYScale(target.value) })}
          value={effective.yScale}
        >
          {yScales.map((scale) => (
            <option key={scale} value={scale}>
              {yScaleNames[scale]}
            </option>
          ))}
        </select>
      </SettingRow>
      <SettingRow
        inheritedFrom={settings.xMin === undefined && settings.xMax === undefined ? xRangeSource(above) : undefined}
        label="X range"
        onReset={() => change({ xMin: undefined, xMax: undefined })}
      >
        <RangeFields
          label="X range"
          onChange={([xMin, xMax]) => change({ xMin, xMax })}
          value={[settings.xMin, settings.xMax]}
        />
      </SettingRow>
      {switches.map(({ key, label, text }) => (
        <SettingRow inheritedFrom={from(key)} key={key} label={label} onReset={() => change({ [key]: undefined })}>
          <label className="flex gap-2">
            <input
              checked={effective[key]}
              className="mt-0.5 size-4 shrink-0 accent-accent"
              onChange={({ target }) => change({ [key]: target.checked })}
              type="checkbox"
            />
            {text}
          </label>
        </SettingRow>
      ))}
    </>
  )
}

/** What is on or off, with what it does. */
const switches = [
  {
    key: 'showsMarks',
    label: 'Moments',
    text: 'Mark when runs were resumed, forked or ended, logged artifacts or sent alerts; up to 50 runs',
  },
  {
    key: 'showsBest',
    label: 'Best points',
    text: 'Mark the best point of each run, where it is known which values are good; up to 50 runs',
  },
  { key: 'breaksGaps', label: 'Gaps', text: 'Break lines where points are missing for 20 times their usual distance' },
  { key: 'showsOriginal', label: 'Original values', text: 'Stand pale behind smoothed lines' },
  {
    key: 'drawsEveryStroke',
    label: 'Noisy lines',
    text: 'Draw every stroke of lines that shake, also where they cover others',
  },
  {
    key: 'sharesYRange',
    label: 'Shared y range',
    text: 'Same y range for all line charts of the section, but for those with a minimum or maximum of their own',
  },
  {
    key: 'joinsAsLogged',
    label: 'Order of points',
    text: 'Join points as they were logged where x goes back and forth; up to 20,000 points of a run',
  },
] as const

function xRangeSource(above: PanelSettings | undefined): string {
  return above?.xMin !== undefined || above?.xMax !== undefined ? 'section' : 'data'
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
