const pauseMs = 25

/**
 * Runs `check` until it does not throw, and gives what it returned. Waits long (`limitMs`, 30 s by default): a machine that runs
 * many tests at once may be slow, and a test that passes never waits for the limit.
 *
 * @throws what `check` threw last, so that the failure says what was still wrong
 */
export async function until<Value>(check: () => Value | Promise<Value>, limitMs = 30_000): Promise<Value> {
  const endMs = performance.now() + limitMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (performance.now() > endMs) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
