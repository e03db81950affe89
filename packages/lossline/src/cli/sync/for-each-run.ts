/**
 * Does something with each item, so many at a time, in their order. What is found while it goes on joins the end. After a
 * failure nothing new is begun, and it is thrown when what had begun is over.
 */
export async function forEachRun<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  countAtATime: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []
  const note = (error: unknown): void => void failures.push(error)
  try {
    for await (const item of items) {
      if (failures.length > 0) break
      const done = work(item)
        .catch(note)
        .finally(() => running.delete(done))
      running.add(done)
      if (running.size >= countAtATime) await Promise.race(running)
    }
  } catch (error) {
    note(error)
  }
  await Promise.all(running)
  if (failures.length > 0) throw failures[0]
}
