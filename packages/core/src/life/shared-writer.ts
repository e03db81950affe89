import { generateRunId } from '@lossline/protocol'
import type { Settings } from '../settings/settings.ts'

/** One of several processes that write a run at the same time. */
export interface SharedWriter {
  readonly label: string
  /** Whether it speaks for the run. */
  readonly isPrimary: boolean
}

/** @param host - Name of this machine, if it is known. */
export function toSharedWriter({ mode, label, primary }: Settings, host: string | undefined): SharedWriter | undefined {
  if (mode !== 'shared') return undefined
  const random = generateRunId()
  return { label: label || (host ? `${host}-${random}` : random), isPrimary: primary ?? true }
}
