import type { ReactElement } from 'react'
import { useOfferedKeys } from '../../hooks/workspace/use-offered-keys.ts'
import { type BetterEnd, scatterPanel, withAxisKey } from '../../view/panels/scatter-panel.ts'
import { withKeys } from '../../view/workspace/json.ts'
import { withOwnChoice } from '../../view/workspace/panel-settings.ts'
import type { PanelSettingsProps } from './panel-props.ts'
import { ChoiceSetting, TextSetting } from './text-setting.tsx'

const axes = [
  { id: 'x', label: 'X axis' },
  { id: 'y', label: 'Y axis' },
  { id: 'z', label: 'Colour' },
] as const
const fields = ['run.created', 'run.runtime']
const ends = [
  { id: 'none', label: 'No frontier' },
  { id: 'low', label: 'Lower is better' },
  { id: 'high', label: 'Higher is better' },
] as const

/** What the axes of a scatter plot show. */
export function ScatterSettings({ config, onChange }: PanelSettingsProps): ReactElement {
  const known = useOfferedKeys()
  const options = [...known.filter(({ kind }) => kind === 'number').map(({ key }) => key), ...fields]
  const parsed = scatterPanel.parse(config)
  const { frontier } = parsed
  const setFrontier = (axis: 'x' | 'y', end: BetterEnd | 'none'): void => {
    const [betterX, betterY] = axis === 'x' ? [end, frontier?.y ?? end] : [frontier?.x ?? end, end]
    const isNone = end === 'none'
    onChange(withOwnChoice(config, { betterX: isNone ? undefined : betterX, betterY: isNone ? undefined : betterY }))
  }
  return (
    <>
      {axes.map(({ id, label }) => (
        <div key={id}>
          <TextSetting
            {...(id === 'x' && { help: 'summary.name, config.name or run.created.' })}
            label={label}
            onChange={(key) => onChange(withAxisKey(config, id, key))}
            options={options}
            value={parsed[id].key ?? ''}
          />
          {id !== 'z' && (
            <>
              <Check
                isOn={parsed[id].isLog}
                label={`Log ${id}`}
                onChange={(isOn) => onChange(withKeys(config, { [`${id}AxisLogScale`]: isOn || undefined }))}
              />
              <ChoiceSetting
                label={`Frontier along ${id}`}
                onChange={(end) => setFrontier(id, end)}
                options={ends}
                value={frontier?.[id] ?? 'none'}
              />
            </>
          )}
        </div>
      ))}
      <Check
        isOn={parsed.hasRegression}
        label="Regression line"
        onChange={(isOn) => onChange(withKeys(config, { showLinearRegression: isOn || undefined }))}
      />
    </>
  )
}

function Check(props: {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}): ReactElement {
  return (
    <label className="mb-3 flex items-center gap-2">
      <input
        checked={props.isOn}
        className="size-4 accent-accent"
        onChange={({ target }) => props.onChange(target.checked)}
        type="checkbox"
      />
      {props.label}
    </label>
  )
}
