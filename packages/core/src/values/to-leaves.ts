import type { MediaItem } from '@lossline/journal'
import { type ChartPreset, type JsonValue, stringifyJson, toChartTableKey } from '@lossline/protocol'
import { CyclicValueError, InvalidKeyError } from '../errors.ts'
import type { MediaPlace } from '../media/media-value.ts'
import { toMediaSnapshot } from '../media/to-media-snapshot.ts'
import type { CustomChart } from '../plot/custom-chart.ts'
import { type ClassifiedValue, classifyValue, type SkipReason, type ValueDestination } from './classify-value.ts'

/** One leaf of a nested value: labels from the outside in, and its value as JSON text (with bare `NaN`, `Infinity`). */
export interface Leaf {
  readonly path: readonly string[]
  readonly json: string
}

/** Part of a row: a leaf, or a media value that is encoded where the journal is written. */
export type RowPart = Leaf | MediaItem

/** How values are converted. */
export interface ConversionContext {
  readonly destination: ValueDestination
  /** Told of each value that is left out, with its labels from the outside in. */
  onSkip(reason: SkipReason, path: readonly string[]): void
  /** May replace a leaf before it is written, for redaction. Default: leaves stay as they are. */
  replaceLeaf?(json: JsonValue, path: readonly string[]): JsonValue
  /** The run that media are logged to. Default: none. */
  readonly media?: Pick<MediaPlace, 'run' | 'onUndo'> & {
    /** What an earlier process of the run left in the summary. */
    earlierValue(path: readonly string[]): JsonValue | undefined
  }
  /** Told how a chart is drawn, by its dot-joined key. Default: charts are left out. */
  onChart?(key: string, preset: ChartPreset): void
}

// The readers of the format refuse deeper JSON (wandb-core: simplejsonext).
const depthMax = 500

/**
 * Flattens an object into leaves as W&B does: nested objects become paths, lists stay values, empty objects vanish.
 *
 * @throws {@link CyclicValueError} when a value holds itself, {@link InvalidKeyError} for a key that is not a string.
 */
export function toLeaves(value: unknown, context: ConversionContext, path: readonly string[] = []): RowPart[] {
  const leaves: RowPart[] = []
  const converter = createConverter(context)
  visit(value, path)
  return leaves

  function visit(current: unknown, at: readonly string[]): void {
    const classified = converter.classify(current, at)
    if (classified.kind === 'object') {
      converter.within(current, () => converter.eachMember(classified, at, visit))
      return
    }
    if (classified.kind === 'chart' && context.onChart !== undefined) {
      visitChart(classified.chart, at.join('.'))
      return
    }
    const media = toMediaSnapshot(classified, {
      path: at,
      place: placeOf(at, context),
      toJson: (member) => converter.toJson(member, converter.classify(member, at), at),
      onSkip: (reason) => context.onSkip(reason, at),
    })
    if (media !== undefined) {
      leaves.push({ path: at, media })
      return
    }
    const json = converter.toJson(current, classified, at)
    if (json === undefined) return
    // In the summary NaN removes a value; in lists it is one (wandb-core: runsummary).
    const isRemoved = context.destination === 'summary' && Number.isNaN(json)
    leaves.push({ path: at, json: isRemoved ? 'null' : stringifyJson(json) })
  }

  /** A chart is its table, which belongs to the top level of the row, and a note in the config. */
  function visitChart({ table, preset }: CustomChart, key: string): void {
    context.onChart?.(key, preset)
    const at = [toChartTableKey(key, preset.isTableSplit)]
    leaves.push({ path: at, media: table.toSnapshot(placeOf(at, context)) })
  }
}

/**
 * Converts a value to JSON without flattening it.
 *
 * @returns `undefined` when the value itself cannot be written; the context has been told why.
 * @throws as {@link toLeaves}.
 */
export function toJson(
  value: unknown,
  context: ConversionContext,
  path: readonly string[] = [],
): JsonValue | undefined {
  const converter = createConverter(context)
  return converter.toJson(value, converter.classify(value, path), path)
}

/** Converts one value and what is in it; remembers the way down, to find cycles. */
interface Converter {
  classify(value: unknown, path: readonly string[]): ClassifiedValue
  toJson(value: unknown, classified: ClassifiedValue, path: readonly string[]): JsonValue | undefined
  /** Runs a step with the value remembered as an ancestor of what the step looks at. */
  within<Result>(value: unknown, step: () => Result): Result
  /** Visits the members that can be read. */
  eachMember(
    object: ClassifiedValue & { kind: 'object' },
    path: readonly string[],
    visit: (member: unknown, path: readonly string[], label: string) => void,
  ): void
}

function createConverter(context: ConversionContext): Converter {
  const ancestors: unknown[] = []

  const converter: Converter = {
    classify(value, path) {
      if (ancestors.length >= depthMax) return { kind: 'skip', reason: 'too-deep' }
      if (typeof value === 'object' && value !== null && ancestors.includes(value)) throw new CyclicValueError(path)
      try {
        return classifyValue(value, context.destination)
      } catch {
        return { kind: 'skip', reason: 'unreadable' }
      }
    },
    toJson(value, classified, path) {
      switch (classified.kind) {
        case 'skip':
          context.onSkip(classified.reason, path)
          return undefined
        case 'media':
        case 'chart':
          context.onSkip('media', path)
          return undefined
        case 'leaf':
          return finishLeaf(classified.json, path, context)
        case 'list':
          // What cannot be written keeps its place in the list, as with JSON.stringify.
          return converter.within(value, () => Array.from(classified.items, (item) => convert(item, path) ?? null))
        case 'object':
          return converter.within(value, () => {
            // Without a prototype, so that a key named `__proto__` is a key like any other.
            const object: Record<string, JsonValue> = Object.create(null)
            converter.eachMember(classified, path, (member, at, label) => {
              const json = convert(member, at)
              if (json !== undefined) object[label] = json
            })
            return object
          })
      }
    },
    within(value, step) {
      ancestors.push(value)
      try {
        return step()
      } finally {
        ancestors.pop()
      }
    },
    eachMember(object, path, visit) {
      for (const key of object.keys) {
        const label = toLabel(key, path)
        const at = [...path, label]
        const member = maybeRead(object, key)
        if (member === unreadable) context.onSkip('unreadable', at)
        else visit(member, at, label)
      }
    },
  }
  return converter

  function convert(value: unknown, path: readonly string[]): JsonValue | undefined {
    return converter.toJson(value, converter.classify(value, path), path)
  }
}

function placeOf(path: readonly string[], { media, onSkip }: ConversionContext): MediaPlace | undefined {
  if (media === undefined) return undefined
  const { run, onUndo, earlierValue } = media
  return {
    run,
    onUndo,
    key: path.at(-1) ?? '',
    earlier: earlierValue(path),
    onSkip: (reason) => onSkip(reason, path),
  }
}

const unreadable = Symbol('unreadable')

function maybeRead(object: ClassifiedValue & { kind: 'object' }, key: unknown): unknown {
  try {
    return object.read(key)
  } catch {
    return unreadable
  }
}

function finishLeaf(json: JsonValue, path: readonly string[], context: ConversionContext): JsonValue {
  if (context.destination === 'config' && Number.isNaN(json)) return null
  return context.replaceLeaf === undefined ? json : context.replaceLeaf(json, path)
}

function toLabel(key: unknown, path: readonly string[]): string {
  switch (typeof key) {
    case 'string':
      return key
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(key)
    default:
      throw new InvalidKeyError(key, path)
  }
}
