/** How many samples a second a WAV file says that it has; undefined for files of another kind. */
export function waveSampleRate(bytes: ArrayBuffer): number | undefined {
  if (bytes.byteLength < 28) return undefined
  const view = new DataView(bytes)
  const isWave = view.getUint32(0) === 0x52_49_46_46 && view.getUint32(8) === 0x57_41_56_45
  // The format may stand behind other chunks.
  for (let at = 12; isWave && at + 16 <= view.byteLength; ) {
    if (view.getUint32(at) === 0x66_6d_74_20) return view.getUint32(at + 12, true)
    const size = view.getUint32(at + 4, true)
    at += 8 + size + (size % 2)
  }
  return undefined
}
