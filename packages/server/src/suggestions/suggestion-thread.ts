import { parentPort } from 'node:worker_threads'
import { parseSweepConfig, suggest } from '@lossline/sweeps'
import type { SuggestionQuestion } from '../domain/sweeps/suggestion-thread.ts'

parentPort?.on('message', ({ config, trials, seed }: SuggestionQuestion) => {
  const [suggestion] = suggest(parseSweepConfig(config).config, trials, { seed })
  parentPort?.postMessage(suggestion)
})
