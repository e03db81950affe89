import type { Tensors } from '../onnx-like.ts'
import { type BatchFeeds, type BatchFeedsOptions, createBatchFeeds } from '../tensors/batch-feeds.ts'
import { checkFeeds } from '../tensors/check-feeds.ts'

/** Examples of one call. */
export interface Batch<Example> {
  readonly examples: readonly Example[]
  readonly feeds: Tensors
  /** Rows of the feeds: more than there are examples in a batch that was filled up. */
  readonly rowCount: number
}

/** Settings of {@link readBatches}. */
export interface ReadBatchesOptions<Example> extends BatchFeedsOptions {
  readonly data: Iterable<Example> | AsyncIterable<Example>
  readonly feeds: (example: Example) => Tensors | Promise<Tensors>
  readonly limit: number
  /** Called after each example: making feeds may take long. */
  readonly pause: () => Promise<void>
}

/** Reads examples as far as they are needed, and puts those of one shape into batches, in their order. */
export async function* readBatches<Example>(options: ReadBatchesOptions<Example>): AsyncGenerator<Batch<Example>> {
  const { data, limit, size, mustBeFull, pause } = options
  let [batch, examples, count]: [BatchFeeds, Example[], number] = [createBatchFeeds(options), [], 0]
  const take = (): Batch<Example> => {
    const rowCount = mustBeFull ? size : examples.length
    const taken = { examples, feeds: batch.toFeeds(), rowCount }
    batch = createBatchFeeds(options)
    examples = []
    return taken
  }
  for await (const example of data) {
    const feeds = await options.feeds(example)
    checkFeeds(feeds)
    if (!batch.fits(feeds)) yield take()
    await batch.add(feeds)
    examples.push(example)
    count += 1
    if (examples.length === size) yield take()
    if (count === limit) break
    await pause()
  }
  if (examples.length > 0) yield take()
}
