import type { FinishReport } from '@lossline/journal'
import { encodeKeyPath } from '@lossline/protocol'
import { countOf } from './amounts.ts'
import { toSparkline } from './sparkline.ts'

type RunContents = FinishReport['contents']

const sparklineColumnsMax = 40
const nameColumnsMax = 32
// Room for `  last 0.001234, min -0.001234, max 12340000` behind the picture.
const figuresColumns = 48

/**
 * A line for each metric that changed: its name, its course, and its last, least and greatest value; then how many files
 * and artifacts there are.
 *
 * @param terminalColumns - Width of the terminal; `undefined` where the text does not go to one: then without pictures.
 */
export function describeContents(contents: RunContents, terminalColumns: number | undefined): string[] {
  const { histories, fileCount, artifactCount } = contents
  const names = histories.map(({ path }) => shorten(encodeKeyPath(path)))
  const nameColumns = Math.max(0, ...names.map((name) => name.length))
  const pictureColumns = Math.min(sparklineColumnsMax, (terminalColumns ?? 0) - nameColumns - figuresColumns)
  const lines = histories.map(({ values, latest, min, max }, index) => {
    const picture = pictureColumns < 4 ? '' : `${toSparkline(values, pictureColumns)}  `
    const name = (names[index] ?? '').padEnd(nameColumns)
    return `  ${name}  ${picture}last ${short(latest)}, min ${short(min)}, max ${short(max)}`
  })
  const counts = [
    ...(fileCount === 0 ? [] : [countOf(fileCount, 'file')]),
    ...(artifactCount === 0 ? [] : [countOf(artifactCount, 'artifact')]),
  ]
  return counts.length === 0 ? lines : [...lines, `  ${counts.join(', ')}`]
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)))
}

function shorten(name: string): string {
  return name.length <= nameColumnsMax ? name : `${name.slice(0, nameColumnsMax - 1)}…`
}
