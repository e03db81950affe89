import type { Smoothing } from '@lossline/protocol'
import { Lock, LockOpen } from 'lucide-react'
import { type ReactElement, useEffect, useRef } from 'react'
import { useServices } from '../../services.ts'
import {
  smoothingKinds,
  smoothingWords,
  startSmoothing,
  weightMax,
  withLockedRange,
  withWeight,
} from '../../view/chart/smoothing.ts'

/** Kind and amount of smoothing. The server smooths the full history, so what a curve looks like does not depend on the zoom. */
export function SmoothingControl(props: {
  readonly value: Smoothing
  readonly onChange: (smoothing: Smoothing) => void
  /** Length of x over the runs, where known: it says what to start with. */
  readonly xExtent: number | undefined
  /** What a time-weighted weight refers to, where known. */
  readonly range: number | undefined
  readonly unit: string
  /** There is room for whole words. Default: true. */
  readonly hasWords?: boolean
}): ReactElement {
  const { value, onChange, range, unit, hasWords = true } = props
  const words = smoothingWords(value, range, unit)
  return (
    <div className="flex min-w-0 shrink-0 flex-wrap items-center gap-2">
      <select
        aria-label="Smoothing"
        className="control field-sizing-content max-w-44"
        onChange={({ target }) => onChange(startSmoothing(target.value, props.xExtent))}
        value={value.kind}
      >
        {smoothingKinds.map(({ kind, label }) => (
          <option key={kind} value={kind}>
            {label}
          </option>
        ))}
      </select>
      <Amount isShort={!hasWords} onChange={onChange} unit={unit} value={value} />
      {value.kind === 'time-weighted-ema' && words ? (
        <HalfLife hasWords={hasWords} onChange={onChange} range={range} value={value} words={words} />
      ) : (
        words && (
          <span className="whitespace-nowrap text-muted text-sm" title={words.long}>
            {hasWords ? words.long : words.short}
          </span>
        )
      )}
    </div>
  )
}

/** How long it takes for a value to count half, and a lock that keeps it so when longer runs come. */
function HalfLife(props: {
  readonly value: Extract<Smoothing, { readonly kind: 'time-weighted-ema' }>
  readonly words: { readonly long: string; readonly short: string }
  readonly range: number | undefined
  readonly hasWords: boolean
  readonly onChange: (smoothing: Smoothing) => void
}): ReactElement {
  const { value, words, range, hasWords, onChange } = props
  const isLocked = value.range !== undefined
  const Icon = isLocked ? Lock : LockOpen
  const title = isLocked
    ? 'Locked: stays as it is when longer runs come. Press to let it follow the length of the runs.'
    : 'Follows the length of all runs. Press to lock it as it is.'
  return (
    <button
      aria-label={`Lock half-life: ${words.long}`}
      aria-pressed={isLocked}
      className="flex h-6 shrink-0 items-center gap-1 whitespace-nowrap rounded px-0.5 text-muted text-sm hover:bg-hover hover:text-text aria-pressed:text-accent"
      disabled={!isLocked && range === undefined}
      onClick={() => onChange(withLockedRange(value, isLocked ? undefined : range))}
      title={`${words.long}. ${title}`}
      type="button"
    >
      <Icon aria-hidden="true" size={12} />
      {hasWords ? words.long : words.short}
    </button>
  )
}

function Amount({
  value,
  onChange,
  unit,
  isShort,
}: {
  readonly isShort: boolean
  readonly value: Smoothing
  readonly onChange: (smoothing: Smoothing) => void
  readonly unit: string
}): ReactElement | null {
  switch (value.kind) {
    case 'none':
      return null
    case 'time-weighted-ema':
    case 'ema':
      return (
        <WeightSlider
          isShort={isShort}
          onChange={(weight) => onChange(withWeight(value, weight))}
          weight={value.weight}
        />
      )
    case 'gaussian':
      return (
        <NumberField
          isShort={isShort}
          label={`Sigma in ${unit}`}
          onChange={(sigma) => onChange({ kind: 'gaussian', sigma })}
          value={value.sigma}
        />
      )
    case 'running-average':
      return (
        <NumberField
          isShort={isShort}
          label={`Window in ${unit}`}
          onChange={(window) => onChange({ kind: 'running-average', window })}
          value={value.window}
        />
      )
  }
}

/** While it is moved, charts smooth what they have; the server is asked when it is let go. */
function WeightSlider(props: {
  readonly weight: number
  readonly isShort: boolean
  readonly onChange: (weight: number) => void
}): ReactElement {
  const { smoothingDrag } = useServices()
  const slider = useRef<HTMLInputElement>(null)
  const release = (): void => smoothingDrag.set(false)
  useEffect(() => {
    const { current } = slider
    const end = (): void => smoothingDrag.set(false)
    // The browser's own `change`, after a key too: React's comes with every move.
    current?.addEventListener('change', end)
    return () => {
      current?.removeEventListener('change', end)
      end()
    }
  }, [smoothingDrag])
  return (
    <input
      aria-label="Smoothing weight"
      className={`accent-accent ${props.isShort ? 'w-14' : 'w-24'}`}
      max={weightMax}
      min={0}
      onBlur={release}
      onChange={({ target }) => {
        smoothingDrag.set(true)
        props.onChange(Number(target.value))
      }}
      // There is no `change` where it is let go as it was.
      onPointerCancel={release}
      onPointerUp={release}
      ref={slider}
      step={0.001}
      type="range"
      value={props.weight}
    />
  )
}

function NumberField(props: {
  readonly label: string
  readonly isShort: boolean
  readonly value: number
  readonly onChange: (value: number) => void
}): ReactElement {
  return (
    <input
      aria-label={props.label}
      className={`control ${props.isShort ? 'w-16' : 'w-20'}`}
      min={0}
      onChange={({ target }) =>
        target.value !== '' && target.valueAsNumber >= 0 && props.onChange(target.valueAsNumber)
      }
      step="any"
      type="number"
      value={props.value}
    />
  )
}
