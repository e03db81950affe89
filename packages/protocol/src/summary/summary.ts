import { isJsonObject, type JsonObject } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import { stringifyNumber } from '../json/stringify-json.ts'
import { decodeKeyPath, encodeKeyPath } from '../key-path.ts'
import { createPathTree } from '../run-state/path-tree.ts'
import { createLeafTree } from './leaf-tree.ts'
import { isWideInteger, jsonToNumber } from './number-json.ts'
import {
  computeJson,
  createLeaf,
  isStatisticLabel,
  latestOnly,
  leafToJson,
  logNumber,
  logOther,
  type MeanParts,
  meanPartsOf,
  restoreLeaf,
  restoreMean,
  type SummaryLeaf,
  type SummaryStatistics,
  setLatest,
} from './summary-leaf.ts'

/** One leaf of a row or of a summary record. */
export interface SummaryChange {
  readonly path: readonly string[]
  readonly json: string
}

/**
 * The summary of a run: per leaf the latest value and the statistics that definitions of metrics ask for. The thread that
 * writes a journal keeps one, and so does whoever reads a journal: rows, definitions and summary records in the order of the
 * journal give the same summary in both.
 */
export interface Summary {
  /** Changes whenever a leaf that {@link leafAt} gave may no longer be the one in use. */
  readonly version: number
  /** The leaf of a path, made if there is none. */
  leafAt(path: readonly string[]): SummaryLeaf
  /** The statistics that the summary shows of a metric. */
  statisticsOf(path: readonly string[]): SummaryStatistics
  /** Counts a logged value in. Returns it if it is a number. */
  logJson(path: readonly string[], json: string): number | undefined
  /** As {@link logJson}, for a value that a summary record before it shows already. */
  logRecorded(path: readonly string[], json: string): void
  /** Keeps the latest value and no statistics, for what is no metric. */
  setLatest(path: readonly string[], json: string): void
  /** Objects with a `_type`, such as images, replace what there is of their key. Returns the paths that have no value any more. */
  replaceObjects(row: readonly SummaryChange[]): (readonly string[])[]
  configure(path: readonly string[], statistics: SummaryStatistics): void
  /** Sets a value by hand: cancels the statistics configured for the path. The caller records the change. */
  setExplicit(path: readonly string[], json: string): void
  /** Takes over what a summary showed; statistics of metrics that no row had yet go on from there. */
  restore(path: readonly string[], json: string): void
  /** Forgets the values at and below a path, not what is configured for them. Returns the paths that had one. */
  remove(path: readonly string[]): (readonly string[])[]
  /** As {@link remove}, for what is below a path and not kept. */
  removeBelow(path: readonly string[], isKept: (path: readonly string[]) => boolean): (readonly string[])[]
  /** The leaves changed since the last call, with the values that a summary record should carry. */
  takeChanges(): SummaryChange[]
  /** Whether there is a value at a path. */
  has(path: readonly string[]): boolean
  toJson(): JsonObject
  /** The same as text. */
  toJsonText(): string
}

/** Where our own notes in a summary are; no reader of the format looks for anything there. */
export const internalPath: readonly string[] = ['_wandb', 'lossline']

/** Total and count by metric, for means that go on. */
const meansPath: readonly string[] = [...internalPath, 'means']

export interface CreateSummaryOptions {
  /** Whether it says from what means go on. Default: once a record has said so; the journals of others do not. */
  readonly showsMeanParts?: boolean
}

/** Makes an empty summary. */
export function createSummary(options: CreateSummaryOptions = {}): Summary {
  const tree = createLeafTree<SummaryLeaf>()
  const configured = new Map<string, SummaryStatistics>()
  let version = 0
  let showsMeanParts = options.showsMeanParts ?? false

  const statisticsOf = (path: readonly string[]): SummaryStatistics =>
    (configured.size === 0 ? undefined : configured.get(encodeKeyPath(path))) ?? latestOnly

  function leafAt(path: readonly string[]): SummaryLeaf {
    const known = tree.get(path)
    if (known !== undefined) return known
    const leaf = createLeaf(statisticsOf(path))
    if (tree.set(path, leaf)) version += 1
    return leaf
  }

  function removeBelow(path: readonly string[], isKept: (path: readonly string[]) => boolean): (readonly string[])[] {
    const removed: (readonly string[])[] = []
    tree.forEachBelow(path, (leaf, leafPath) => {
      if (!leaf.hasValue || isKept(leafPath)) return
      forgetValue(leaf)
      removed.push(leafPath)
    })
    return removed
  }

  function logJson(path: readonly string[], json: string): number | undefined {
    const leaf = leafAt(path)
    const value = jsonToNumber(json)
    if (value === undefined) logOther(leaf, json)
    else logNumber(leaf, value, isWideInteger(json, value) ? json : undefined)
    leaf.isChanged = true
    return value
  }

  function restore(path: readonly string[], json: string): void {
    if (!isBelow(path, internalPath)) {
      restoreLeaf(leafAt(path), json)
      return
    }
    if (!isBelow(path, meansPath)) return
    showsMeanParts = true
    const leaf = tree.get(decodeKeyPath(path.at(-1) ?? ''))
    const parts = leaf === undefined ? undefined : parseMeanParts(json)
    if (leaf !== undefined && parts !== undefined) restoreMean(leaf, parts)
  }

  /** Statistics that stand there as values of their own become those of the metric: a summary of nested objects has no types. */
  function adoptStatistics(path: readonly string[]): void {
    const shown = createPathTree()
    let isAdoptable = false
    let isOther = false
    tree.forEachBelow(path, (leaf, leafPath) => {
      const json = leafToJson(leaf)
      if (json === undefined) return
      const label = leafPath[path.length] ?? ''
      if (leaf.isLogged || leafPath.length !== path.length + 1 || !isStatisticLabel(label)) isOther = true
      isAdoptable = true
      shown.set([label], json)
    })
    if (!isAdoptable || isOther) return
    const leaf = leafAt(path)
    restoreLeaf(leaf, shown.toJson())
    leaf.isChanged = true
  }

  const putAll = (put: (path: readonly string[], json: string) => void): void => {
    tree.forEach((leaf, path) => {
      const json = leafToJson(leaf)
      // A null is how a value leaves the summary.
      if (json !== undefined && json !== 'null') put(path, json)
    })
    if (!showsMeanParts) return
    tree.forEach((leaf, path) => {
      const parts = meanPartsOf(leaf)
      if (parts !== undefined) put([...meansPath, encodeKeyPath(path)], toMeansJson(parts))
    })
  }

  function toJsonText(): string {
    const shown = createPathTree()
    putAll(shown.set)
    return shown.toJson()
  }

  return {
    get version() {
      return version
    },
    leafAt,
    statisticsOf: (path) => tree.get(path)?.statistics ?? statisticsOf(path),
    logJson,
    logRecorded(path, json) {
      const { recordedJson, isChanged } = leafAt(path)
      logJson(path, json)
      const leaf = leafAt(path)
      leaf.recordedJson = recordedJson
      leaf.isChanged = isChanged
    },
    setLatest(path, json) {
      const leaf = leafAt(path)
      setLatest(leaf, json)
      leaf.isChanged = true
    },
    replaceObjects(row) {
      const objects = row.filter(({ path, json }) => path.length > 1 && path.at(-1) === '_type' && json.startsWith('"'))
      if (objects.length === 0) return []
      const given = new Set(row.map(({ path }) => encodeKeyPath(path)))
      return objects.flatMap(({ path }) => removeBelow(path.slice(0, -1), (below) => given.has(encodeKeyPath(below))))
    },
    configure(path, statistics) {
      configured.set(encodeKeyPath(path), statistics)
      if (tree.get(path) === undefined) adoptStatistics(path)
      const leaf = tree.get(path)
      if (leaf === undefined) return
      leaf.statistics = statistics
      leaf.isChanged = leaf.hasValue
      if (computeJson(leaf) !== undefined) leaf.recordedJson = undefined
    },
    setExplicit(path, json) {
      configured.delete(encodeKeyPath(path))
      const leaf = leafAt(path)
      leaf.statistics = latestOnly
      setLatest(leaf, json)
      leaf.isChanged = false
    },
    restore,
    remove: (path) => removeBelow(path, () => false),
    removeBelow,
    has: (path) => tree.get(path)?.hasValue ?? false,
    takeChanges() {
      const changes: SummaryChange[] = []
      const means: SummaryChange[] = []
      tree.forEach((leaf, path) => {
        if (!leaf.isChanged) return
        leaf.isChanged = false
        const json = leafToJson(leaf)
        if (json !== undefined) changes.push({ path, json })
        const parts = meanPartsOf(leaf)
        if (parts !== undefined) means.push({ path: [...meansPath, encodeKeyPath(path)], json: toMeansJson(parts) })
      })
      // Behind the metrics that they belong to.
      return [...changes, ...means]
    },
    toJson: () => parseJson(toJsonText()) as JsonObject,
    toJsonText,
  }
}

function forgetValue(leaf: SummaryLeaf): void {
  leaf.hasValue = false
  leaf.hasLatest = false
  leaf.hasFirst = false
  leaf.recordedJson = undefined
  leaf.isChanged = false
}

function isBelow(path: readonly string[], parent: readonly string[]): boolean {
  return path.length > parent.length && parent.every((label, depth) => path[depth] === label)
}

function toMeansJson({ total, count }: MeanParts): string {
  return `{"total":${stringifyNumber(total)},"count":${count}}`
}

function parseMeanParts(json: string): MeanParts | undefined {
  const value = parseJson(json)
  if (!isJsonObject(value)) return undefined
  const [total, count] = [Number(value.total), Number(value.count)]
  return Number.isSafeInteger(count) ? { total, count } : undefined
}
