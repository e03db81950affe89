/** Does something with each item, so many at a time, in their order. What is found while it goes on joins the end. */
export async function forEachRun<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  countAtATime: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>()
  for await (const item of items) {
    const done = work(item).finally(() => running.delete(done))
    running.add(done)
    if (running.size >= countAtATime) await Promise.race(running)
  }
  await Promise.all(running)
}
