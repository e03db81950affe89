import { createSeededRandom } from '../bootstrap/seeded-random.ts'
import { requireInteger } from '../errors.ts'

/** A sample of fixed size of items that come one by one, each with the same chance to be in it. */
export interface Reservoir<Item> {
  /** How many items were offered so far. */
  readonly offeredCount: number
  /** Offers an item; `true` when it is in the sample now, in place of another one once the sample is full. */
  offer(item: Item): boolean
  /**
   * Whether the next item will be taken: decided once, so that what is costly to make of it need only be made then. The
   * next {@link offer} keeps to it; {@link skip} goes on without.
   */
  willTakeNext(): boolean
  /** Counts an item that {@link willTakeNext} refused. */
  skip(): void
  /** The sample, in the order in which its items came. */
  items(): Item[]
}

/** Settings of {@link createReservoir}. */
export interface ReservoirOptions<Item = never> {
  /** Items of the sample at most: a whole number from 0. */
  readonly size: number
  /** Bounds what the items of the sample weigh together, such as their bytes. Default: they weigh nothing. */
  readonly weight?: { readonly max: number; of(item: Item): number } | undefined
  /** Default: 0. The same seed and number of items give the same sample. */
  readonly seed?: number | undefined
}

/**
 * Makes a sample that is uniform whatever the number of items: Algorithm R (Vitter 1985, "Random sampling with a reservoir").
 *
 * Items that are too heavy together make the sample smaller, for good: some of them are taken away at random, but for the last one.
 *
 * @throws {@link EvaluationError} for a size that is no whole number from 0.
 */
export function createReservoir<Item>({ size, seed = 0, weight }: ReservoirOptions<Item>): Reservoir<Item> {
  requireInteger('size', size, 0)
  const random = createSeededRandom(seed)
  const places: { readonly order: number; readonly item: Item }[] = []
  let sizeNow = size
  let weightSum = 0
  let offeredCount = 0
  let nextPlace: number | undefined

  const weightAt = (place: number): number => {
    const placed = places[place]
    return weight === undefined || placed === undefined ? 0 : weight.of(placed.item)
  }
  const put = (place: number, item: Item): void => {
    weightSum -= weightAt(place)
    places[place] = { order: offeredCount, item }
    weightSum += weightAt(place)
    while (weight !== undefined && weightSum > weight.max && places.length > 1) {
      const leaving = Math.floor(random() * places.length)
      weightSum -= weightAt(leaving)
      const last = places.pop()!
      if (leaving < places.length) places[leaving] = last
      sizeNow = places.length
    }
  }
  const placeOfNext = (): number => {
    nextPlace ??= offeredCount < sizeNow ? offeredCount : Math.floor(random() * (offeredCount + 1))
    return nextPlace
  }
  const advance = (): void => {
    nextPlace = undefined
    offeredCount += 1
  }

  return {
    get offeredCount() {
      return offeredCount
    },
    willTakeNext: () => placeOfNext() < sizeNow,
    offer(item) {
      const place = placeOfNext()
      const isTaken = place < sizeNow
      if (isTaken) put(place, item)
      advance()
      return isTaken
    },
    skip() {
      placeOfNext()
      advance()
    },
    items: () => places.toSorted((one, other) => one.order - other.order).map(({ item }) => item),
  }
}
