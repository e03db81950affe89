import type { ReactElement } from 'react'
import {
  colorOfClass,
  type LayerChoices,
  type LayerView,
  plainLayers,
  toggled,
  withClassColor,
} from '../../view/media/layer-view.ts'
import { formatNumber } from '../../view/text/format.ts'

/** Which boxes and masks are shown on pictures, and how. Nothing where there are none. */
export function LayerControls(props: {
  readonly choices: LayerChoices
  readonly view: LayerView
  readonly onChange: (view: LayerView) => void
}): ReactElement | null {
  const { choices, view, onChange } = props
  if (choices.layers.length === 0) return null
  const score = choices.scores.find(({ name }) => name === view.scoreName) ?? choices.scores[0]
  return (
    <fieldset className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <legend className="sr-only">Boxes and masks</legend>
      {choices.layers.map((name) => (
        <label className="flex items-center gap-1" key={name}>
          <input
            checked={!view.hiddenLayers.has(name)}
            className="size-4 accent-accent"
            onChange={() => onChange({ ...view, hiddenLayers: toggled(view.hiddenLayers, name) })}
            type="checkbox"
          />
          {name}
        </label>
      ))}
      {choices.classes.map(({ id, label }) => (
        <span className="inline-flex items-center" key={id}>
          <input
            aria-label={`Colour of ${label}`}
            className={`size-6 cursor-pointer border-0 bg-transparent p-0.5 ${view.hiddenClasses.has(id) ? 'opacity-30' : ''}`}
            onChange={({ target }) => onChange(withClassColor(view, id, target.value))}
            title={`Colour of ${label}`}
            type="color"
            value={colorOfClass(view, id)}
          />
          <button
            aria-pressed={!view.hiddenClasses.has(id)}
            className={`min-h-6 rounded px-1 hover:bg-hover ${view.hiddenClasses.has(id) ? 'text-muted line-through' : ''}`}
            onClick={() => onChange({ ...view, hiddenClasses: toggled(view.hiddenClasses, id) })}
            title={`Show or hide ${label}`}
            type="button"
          >
            {label}
          </button>
        </span>
      ))}
      {choices.hasMasks && (
        <Opacity label="Mask opacity" onChange={(opacity) => onChange({ ...view, opacity })} value={view.opacity} />
      )}
      {choices.hasBoxes && (
        <Opacity
          label="Box opacity"
          onChange={(boxOpacity) => onChange({ ...view, boxOpacity })}
          value={view.boxOpacity}
        />
      )}
      {score && score.high > score.low && (
        <>
          {choices.scores.length > 1 && (
            <select
              aria-label="Score of boxes"
              className="control h-6 py-0"
              onChange={({ target }) =>
                onChange({ ...view, scoreName: target.value, scoreMin: Number.NEGATIVE_INFINITY })
              }
              value={score.name}
            >
              {choices.scores.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
          <label className="flex items-center gap-1">
            Least {score.name}
            <input
              className="w-24 accent-accent"
              max={score.high}
              min={score.low}
              onChange={({ target }) => onChange({ ...view, scoreName: score.name, scoreMin: Number(target.value) })}
              step="any"
              type="range"
              value={Math.max(score.low, view.scoreName === undefined ? score.low : view.scoreMin)}
            />
            <span className="w-12">
              {formatNumber(Math.max(score.low, view.scoreName === undefined ? score.low : view.scoreMin))}
            </span>
          </label>
        </>
      )}
      <button className="link-text" onClick={() => onChange(plainLayers)} type="button">
        Reset
      </button>
    </fieldset>
  )
}

function Opacity(props: {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
}): ReactElement {
  return (
    <label className="flex items-center gap-1">
      {props.label}
      <input
        className="w-24 accent-accent"
        max={1}
        min={0}
        onChange={({ target }) => props.onChange(Number(target.value))}
        step={0.05}
        type="range"
        value={props.value}
      />
    </label>
  )
}
