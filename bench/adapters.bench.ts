// What the adapters cost: the same training or inference with and without each, in turns, in one process.
//
// `npm run bench -- adapters` measures all; LOSSLINE_BENCH_ADAPTERS=tfjs only those that it names.
import { measureOverhead } from './adapters/measure-overhead.ts'
import type { AdapterScenarios } from './adapters/scenario.ts'
import { type Finding, report } from './lib/report.ts'

/** One file for each adapter, loaded when it is its turn: the frameworks get in each other's way. */
const adapters: Readonly<Record<string, () => Promise<AdapterScenarios>>> = {
  onnx: async () => (await import('./adapters/onnx.ts')).openOnnxScenarios(),
  tfjs: async () => (await import('./adapters/tfjs.ts')).openTfjsScenarios(),
  transformers: async () => (await import('./adapters/transformers.ts')).openTransformersScenarios(),
}

const chosen = process.env.LOSSLINE_BENCH_ADAPTERS?.split(',') ?? Object.keys(adapters)
for (const name of chosen) {
  const open = adapters[name]
  if (open === undefined) throw new Error(`There is no adapter ${name}; there are ${Object.keys(adapters).join(', ')}.`)
  const opened = await open()
  const findings: Finding[] = []
  for (const scenario of opened.scenarios) {
    const { share, spread, plainMs } = await measureOverhead(scenario)
    const [low, high] = spread.map(toPercent)
    findings.push({
      what: scenario.name,
      value: share * 100,
      text: `${toPercent(share)} of ${plainMs.toFixed(1)} ms (middle half ${low} to ${high})`,
      ...(scenario.isDefault === false ? {} : { floor: 10, goal: 2 }),
    })
  }
  await opened[Symbol.asyncDispose]()
  report(`adapters, ${name}: time added in per cent`, findings)
}

function toPercent(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)} %`
}
