import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { useOfferedKeys } from '../../hooks/workspace/use-offered-keys.ts'
import { parallelPanel, withColumnKeys } from '../../view/panels/parallel-panel.ts'
import { isObject, type JsonObject, listAt, withKeys } from '../../view/workspace/json.ts'
import type { PanelSettingsProps } from './panel-props.ts'

/** Which axes runs cross, and in which order. */
export function ParallelSettings({ config, onChange }: PanelSettingsProps): ReactElement {
  const known = useOfferedKeys()
  const [added, setAdded] = useState('')
  const { columns } = parallelPanel.parse(config)
  const keys = columns.map(({ key }) => key)
  const move = (index: number, by: 1 | -1): void => {
    const next = [...keys]
    const [key] = next.splice(index, 1)
    next.splice(index + by, 0, key!)
    onChange(withColumnKeys(config, next))
  }
  const setFlag = (index: number, flag: 'inverted' | 'log', isOn: boolean): void => {
    const list = listAt(config, 'columns').filter(isObject)
    onChange(
      withKeys(config, { columns: list.map((one, at): JsonObject => (at === index ? { ...one, [flag]: isOn } : one)) }),
    )
  }
  return (
    <fieldset className="mb-3">
      <legend className="mb-1 font-medium">Axes</legend>
      <ol>
        {columns.map(({ key, isInverted, isLog }, index) => (
          <li className="flex flex-wrap items-center gap-1 border-line border-t py-1" key={key}>
            <span className="min-w-0 flex-1 truncate" title={key}>
              {key}
            </span>
            <Flag isOn={isLog} label={`Log ${key}`} onChange={(isOn) => setFlag(index, 'log', isOn)} text="log" />
            <Flag
              isOn={isInverted}
              label={`Turn ${key} round`}
              onChange={(isOn) => setFlag(index, 'inverted', isOn)}
              text="flip"
            />
            <button
              aria-label={`Move ${key} left`}
              className="icon-button"
              disabled={index === 0}
              onClick={() => move(index, -1)}
              type="button"
            >
              <ArrowUp size={14} />
            </button>
            <button
              aria-label={`Move ${key} right`}
              className="icon-button"
              disabled={index === columns.length - 1}
              onClick={() => move(index, 1)}
              type="button"
            >
              <ArrowDown size={14} />
            </button>
            <button
              aria-label={`Remove ${key}`}
              className="icon-button"
              onClick={() =>
                onChange(
                  withColumnKeys(
                    config,
                    keys.filter((one) => one !== key),
                  ),
                )
              }
              type="button"
            >
              <X size={14} />
            </button>
          </li>
        ))}
      </ol>
      <form
        className="mt-2 flex gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (added !== '' && !keys.includes(added)) onChange(withColumnKeys(config, [...keys, added]))
          setAdded('')
        }}
      >
        <input
          aria-label="Axis to add"
          className="control min-w-0 flex-1"
          list="parallel-keys"
          onChange={({ target }) => setAdded(target.value)}
          placeholder="config.lr"
          value={added}
        />
        <datalist id="parallel-keys">
          {known.map(({ key }) => (
            <option key={key} value={key} />
          ))}
        </datalist>
        <button className="button" type="submit">
          Add
        </button>
      </form>
    </fieldset>
  )
}

function Flag(props: {
  readonly label: string
  readonly text: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}): ReactElement {
  return (
    <label className="inline-flex items-center gap-1 text-sm">
      <input
        aria-label={props.label}
        checked={props.isOn}
        className="size-4 accent-accent"
        onChange={({ target }) => props.onChange(target.checked)}
        type="checkbox"
      />
      {props.text}
    </label>
  )
}
