import type * as TensorFlow from '@tensorflow/tfjs'

/** The same module, whichever package it comes from. */
export type Tf = typeof TensorFlow

/** Loads TensorFlow with its native library where that is installed, else the version in plain JavaScript. */
export async function loadTensorFlow(): Promise<Tf> {
  // A name that only exists at run time: the compiler need not find a package that few have installed.
  const nativePackage: string = '@tensorflow/tfjs-node'
  try {
    const tf: Tf = await import(nativePackage)
    console.log(`Training with ${nativePackage}.`)
    return tf
  } catch {
    console.log(
      `Training with @tensorflow/tfjs in plain JavaScript; ${nativePackage}, which is faster, is not installed.`,
    )
    return import('@tensorflow/tfjs')
  }
}
