import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type ReactElement, useCallback } from 'react'
import { useShortcut } from '../hooks/use-store.ts'
import { formatNumber } from '../view/format.ts'
import { askedStep, sliderIndex } from '../view/media-steps.ts'

/** Chooses among the steps that have data; at its end it follows the newest. */
export function StepSlider(props: {
  readonly steps: readonly number[]
  readonly asked: number | undefined
  readonly onChange: (step: number | undefined) => void
}): ReactElement | null {
  const { steps, asked, onChange } = props
  const index = sliderIndex(steps, asked)
  const go = useCallback(
    (to: number) => onChange(askedStep(steps, Math.min(steps.length - 1, Math.max(0, to)))),
    [steps, onChange],
  )
  useShortcut(
    'previous-step',
    useCallback(() => go(index - 1), [go, index]),
  )
  useShortcut(
    'next-step',
    useCallback(() => go(index + 1), [go, index]),
  )
  if (steps.length < 2) return null
  const text = `Step ${formatNumber(steps[index] as number)}`
  return (
    <div className="flex min-w-0 flex-1 items-center gap-1">
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
        aria-label="Step"
        aria-valuetext={text}
        className="min-w-16 max-w-96 flex-1 accent-accent"
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
        onClick={() => go(index + 1)}
        title="Next step (])"
        type="button"
      >
        <ChevronRight size={16} />
      </button>
      <span className="whitespace-nowrap">
        {text}
        {asked === undefined && <span className="text-muted"> (newest)</span>}
      </span>
    </div>
  )
}
