import { findStoredApiKey, readSettings } from '@lossline/core'

const wandbBaseUrl = 'https://api.wandb.ai'

/** Whether a command that reads runs, told so much, asks the data folder of this place and no server. */
export function isLocal(given: {
  readonly baseUrl?: string | undefined
  readonly apiKey?: string | undefined
  readonly dataDir?: string | undefined
}): boolean {
  if (given.baseUrl !== undefined || given.apiKey !== undefined) return false
  if (given.dataDir !== undefined) return true
  const { mode, baseUrl, apiKey } = readSettings()
  if (mode !== undefined && mode !== 'online' && mode !== 'shared') return true
  const host = new URL(baseUrl ?? wandbBaseUrl).host
  return baseUrl === undefined && apiKey === undefined && findStoredApiKey(host) === undefined
}
