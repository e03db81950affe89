/** Lets timers and sockets run, and a browser draw. What `tf.nextFrame` does, for want of tf. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const frame: unknown = Reflect.get(globalThis, 'requestAnimationFrame')
    if (typeof frame === 'function') Reflect.apply(frame, globalThis, [() => resolve()])
    else setTimeout(resolve, 0)
  })
}
