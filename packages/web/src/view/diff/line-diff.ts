/** A line of two texts; the numbers count from 1 and are missing where the line is not in that text. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
  readonly before?: number
  readonly after?: number
}

/** How one text became another one, line by line. */
export interface LineDiff {
  readonly lines: readonly DiffLine[]
  readonly addedCount: number
  readonly removedCount: number
  /** False: the texts differ in so much that their middle is told as removed and added whole. */
  readonly isShortest: boolean
}

/** Lines that differ before the search for the shortest way ends: its cost is their square (1,000: 4 MB, some 10 ms). */
const editsMax = 1000

/** The shortest way from one text to the other (Myers, "An O(ND) Difference Algorithm", 1986). */
export function diffLines(before: string, after: string): LineDiff {
  const [a, b] = [toLines(before), toLines(after)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const middleA = a.slice(start, a.length - end)
  const middleB = b.slice(start, b.length - end)
  const steps = shortestEdits(middleA, middleB)
  const kinds: DiffLine['kind'][] = [
    ...Array<'same'>(start).fill('same'),
    ...(steps ?? [...middleA.map(() => 'removed' as const), ...middleB.map(() => 'added' as const)]),
    ...Array<'same'>(end).fill('same'),
  ]
  let [i, j] = [0, 0]
  const lines = kinds.map((kind): DiffLine => {
    if (kind === 'removed') return { kind, text: a[i++] as string, before: i }
    if (kind === 'added') return { kind, text: b[j++] as string, after: j }
    j += 1
    return { kind, text: a[i++] as string, before: i, after: j }
  })
  return {
    lines,
    addedCount: kinds.filter((kind) => kind === 'added').length,
    removedCount: kinds.filter((kind) => kind === 'removed').length,
    isShortest: steps !== undefined,
  }
}

/** The end of the last line is no line of its own. */
function toLines(text: string): readonly string[] {
  if (text === '') return []
  return text.replace(/\r?\n$/, '').split(/\r?\n/)
}

/** Removed lines stand before added ones. Undefined: more than {@link editsMax}. */
function shortestEdits(a: readonly string[], b: readonly string[]): readonly DiffLine['kind'][] | undefined {
  // Furthest x on each diagonal x - y = k, after d edits; `at(k)` shifts k to an index.
  const most = Math.min(editsMax, a.length + b.length)
  const furthest = new Int32Array(2 * most + 3)
  const at = (k: number): number => k + most + 1
  const trace: Int32Array[] = []
  for (let d = 0; d <= most; d += 1) {
    trace.push(furthest.slice(at(-d) - 1, at(d) + 2))
    for (let k = -d; k <= d; k += 2) {
      const isDown = k === -d || (k !== d && (furthest[at(k - 1)] ?? 0) < (furthest[at(k + 1)] ?? 0))
      let x = isDown ? (furthest[at(k + 1)] ?? 0) : (furthest[at(k - 1)] ?? 0) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1
      furthest[at(k)] = x
      if (x >= a.length && x - k >= b.length) return backtrack(trace, a.length, b.length)
    }
  }
  return undefined
}

function backtrack(trace: readonly Int32Array[], aLength: number, bLength: number): readonly DiffLine['kind'][] {
  const kinds: DiffLine['kind'][] = []
  let [x, y] = [aLength, bLength]
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const before = trace[d] as Int32Array
    const of = (k: number): number => before[k + d + 1] ?? 0
    const k = x - y
    const isDown = k === -d || (k !== d && of(k - 1) < of(k + 1))
    const fromX = d === 0 ? 0 : isDown ? of(k + 1) : of(k - 1)
    const fromY = d === 0 ? 0 : fromX - (isDown ? k + 1 : k - 1)
    while (x > fromX && y > fromY && (d === 0 || x > fromX + (isDown ? 0 : 1) || y > fromY + (isDown ? 1 : 0))) {
      kinds.push('same')
      x -= 1
      y -= 1
    }
    if (d > 0) kinds.push(isDown ? 'added' : 'removed')
    ;[x, y] = [fromX, fromY]
  }
  return kinds.reverse()
}

/** Lines to be shown, or equal ones that are folded away. */
export type DiffPart = { readonly isFolded: boolean; readonly lines: readonly DiffLine[] }

/** Folds equal lines that are further than `context` from a change. A fold of one line would save nothing. */
export function foldDiff(lines: readonly DiffLine[], context = 3): readonly DiffPart[] {
  const isNear = new Uint8Array(lines.length)
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== 'same') isNear.fill(1, Math.max(0, index - context), index + context + 1)
  }
  const parts: { isFolded: boolean; lines: DiffLine[] }[] = []
  for (let from = 0; from < lines.length; ) {
    let to = from
    while (to < lines.length && isNear[to] === isNear[from]) to += 1
    const isFolded = isNear[from] === 0 && to - from > 1
    const last = parts.at(-1)
    if (last && !last.isFolded && !isFolded) last.lines.push(...lines.slice(from, to))
    else parts.push({ isFolded, lines: lines.slice(from, to) })
    from = to
  }
  return parts
}

/** What stands beside each other: a removed line with the added one that took its place. */
export interface DiffPair {
  readonly left: DiffLine | undefined
  readonly right: DiffLine | undefined
}

/** Lines side by side. */
export function pairLines(lines: readonly DiffLine[]): readonly DiffPair[] {
  const pairs: DiffPair[] = []
  let removed: DiffLine[] = []
  let added: DiffLine[] = []
  const flush = (): void => {
    for (let i = 0; i < Math.max(removed.length, added.length); i += 1)
      pairs.push({ left: removed[i], right: added[i] })
    removed = []
    added = []
  }
  for (const line of lines) {
    if (line.kind === 'removed') {
      if (added.length > 0) flush()
      removed.push(line)
    } else if (line.kind === 'added') added.push(line)
    else {
      flush()
      pairs.push({ left: line, right: line })
    }
  }
  flush()
  return pairs
}
