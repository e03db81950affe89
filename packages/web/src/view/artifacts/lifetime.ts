import { formatCount } from '../text/format.ts'

/** W&B's word for a version that is kept whatever happens. */
export const keptForever = -2
/** Takes a lifetime away. */
export const inherited = -1

const daySeconds = 86_400

/** Lifetimes to choose from, in seconds; one that a program has set is added. */
export function lifetimeChoices(current: number | null): readonly (readonly [seconds: number, label: string])[] {
  const days = [1, 7, 30, 90, 365].map((count) => [count * daySeconds, lifetimeWords(count * daySeconds)] as const)
  const own = current === null || current < 0 || days.some(([seconds]) => seconds === current)
  return [
    [inherited, 'No lifetime set: it is kept'],
    [keptForever, 'Kept for ever'],
    ...days,
    ...(own ? [] : [[current, lifetimeWords(current)] as const]),
  ]
}

function lifetimeWords(seconds: number): string {
  const [count, unit] =
    seconds % daySeconds === 0 ? ([seconds / daySeconds, 'day'] as const) : ([seconds, 'second'] as const)
  return `Deleted ${formatCount(count, unit)} after it was made`
}
