import { ChevronLeft, ChevronRight, Link2, Link2Off, Pause, Play } from 'lucide-react'
import { type ReactElement, useCallback, useEffect, useState } from 'react'
import { usePageSteps } from '../../hooks/workspace/use-page-steps.ts'
import type { StepSync } from '../../hooks/workspace/use-panel-step.ts'
import { askedStep, isBeforeFirst, sliderIndex } from '../../view/media/media-steps.ts'
import { formatNumber } from '../../view/text/format.ts'
import { keyTitle } from '../../view/workspace/sections.ts'

/** How long each step is shown while they are played. */
const playedStepMs = 700

const noSteps: readonly number[] = []

/** What a slider counts by. */
export interface StepAxis {
  /** A metric; undefined: steps. */
  readonly key: string | undefined
  readonly choices: readonly string[]
  readonly choose: (key: string | undefined) => void
}

/** Chooses among the steps that have data; at its end it follows the newest. All sliders of a page stand at one step, but for those that were taken out. */
export function StepSlider(props: {
  readonly steps: readonly number[]
  readonly asked: number | undefined
  readonly onChange: (step: number | undefined) => void
  /** Undefined: it goes with the others, and that cannot be changed. */
  readonly sync?: StepSync
  /** What it counts by. Default: steps, and that cannot be changed. */
  readonly axis?: StepAxis
}): ReactElement | null {
  const { steps, asked, onChange, sync, axis } = props
  const unit = axis?.key === undefined ? 'Step' : keyTitle(axis.key)
  const index = sliderIndex(steps, asked)
  const go = useCallback(
    (to: number) => onChange(askedStep(steps, Math.min(steps.length - 1, Math.max(0, to)))),
    [steps, onChange],
  )
  usePageSteps(sync?.isOn === false ? noSteps : steps, sync ? sync.pageStep : asked, sync?.setPageStep ?? onChange)
  const [isPlaying, setIsPlaying] = useState(false)
  // What is asked for may be a step of another slider: of these there was none yet.
  const isEarly = isBeforeFirst(steps, asked)
  const isAtEnd = index >= steps.length - 1
  useEffect(() => {
    if (!isPlaying) return
    if (isAtEnd) return setIsPlaying(false)
    const timer = setTimeout(() => go(isEarly ? 0 : index + 1), playedStepMs)
    return () => clearTimeout(timer)
  }, [isPlaying, isAtEnd, isEarly, go, index])
  const choice = axis !== undefined && (axis.choices.length > 0 || axis.key !== undefined) && <AxisChoice axis={axis} />
  if (steps.length < 2) return axis?.key === undefined ? null : <div className="flex min-w-0">{choice}</div>
  const first = axis?.key === undefined ? 'step' : unit
  const text = `${isEarly ? `Before ${first}` : unit} ${formatNumber(steps[index] as number)}`
  return (
    <div className="flex min-w-0 grow basis-56 flex-wrap items-center gap-x-1">
      <button
        aria-label="Previous step"
        className="icon-button"
        disabled={index === 0}
        onClick={() => go(index - 1)}
        title="Previous step ([)"
        type="button"
      >
        <ChevronLeft size={16} />
      </button>
      <input
        aria-label={unit}
        aria-valuetext={text}
        className="min-w-36 max-w-96 flex-1 accent-accent"
        max={steps.length - 1}
        min={0}
        onChange={(event) => go(Number(event.target.value))}
        type="range"
        value={index}
      />
      <button
        aria-label="Next step"
        className="icon-button"
        disabled={index === steps.length - 1}
        onClick={() => go(isEarly ? 0 : index + 1)}
        title="Next step (])"
        type="button"
      >
        <ChevronRight size={16} />
      </button>
      <button
        aria-label={isPlaying ? 'Pause the steps' : 'Play the steps'}
        className="icon-button"
        onClick={() => {
          if (!isPlaying && isAtEnd) go(0)
          setIsPlaying(!isPlaying)
        }}
        type="button"
      >
        {isPlaying ? <Pause size={15} /> : <Play size={15} />}
      </button>
      {sync && (
        <button
          aria-label="Go with the steps of the page"
          aria-pressed={sync.isOn}
          className="icon-button"
          onClick={sync.toggle}
          title={sync.isOn ? 'At the step of the page. Give this panel its own' : 'At its own step. Go with the page'}
          type="button"
        >
          {sync.isOn ? <Link2 size={15} /> : <Link2Off size={15} />}
        </button>
      )}
      <span className="whitespace-nowrap">
        {text}
        {asked === undefined && <span className="text-muted"> (newest)</span>}
      </span>
      {choice}
    </div>
  )
}

function AxisChoice({ axis: { key, choices, choose } }: { readonly axis: StepAxis }): ReactElement {
  return (
    <select
      aria-label="Go by"
      className="control h-7 max-w-32 py-0"
      onChange={({ target }) => choose(target.value === '' ? undefined : target.value)}
      title="What the slider goes by"
      value={key ?? ''}
    >
      <option value="">Step</option>
      {[...new Set([...choices, ...(key === undefined ? [] : [key])])].map((choice) => (
        <option key={choice} value={choice}>
          {keyTitle(choice)}
        </option>
      ))}
    </select>
  )
}
