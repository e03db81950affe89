// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how metrics stand in formulas.
import { expect, test } from 'vitest'
import { completeFormula, type FormulaName, formulaSpan, readFormula, uselessMetric } from './read-formula.ts'

const names: readonly FormulaName[] = [
  { name: 'acc', detail: 'metric' },
  { name: 'train/loss', detail: 'metric' },
  { name: 'val/loss', detail: 'metric' },
  { name: 'config:lr', detail: 'config' },
]
/** The text with each completion of the place that `|` marks. */
function completed(marked: string): string[] {
  const cursor = marked.indexOf('|')
  const text = marked.replace('|', '')
  return completeFormula(text, cursor, names).map(
    ({ text: taken, from, to }) => `${text.slice(0, from)}${taken}${text.slice(to)}`,
  )
}

test('names are completed after a sign or a letter, and functions after a letter', () => {
  expect(completed('1 - $|')).toEqual(['1 - ${acc}', '1 - ${train/loss}', '1 - ${val/loss}', '1 - ${config:lr}'])
  expect(completed('1 - ${ac|')).toEqual(['1 - ${acc}'])
  expect(completed('1 - ac|')).toEqual(['1 - ${acc}'])
  expect(completed('${lo|} / 2')).toEqual(['${train/loss} / 2', '${val/loss} / 2'])
  expect(completed('train/l|')).toEqual(['${train/loss}'])
  // A slash between two names.
  expect(completed('acc/va|')).toEqual(['acc/${val/loss}'])
  expect(completed('1 + log1|')).toEqual(['1 + log10('])
  expect(completed('lr|')).toEqual(['${config:lr}'])
  expect(completed('${acc} |')).toEqual([])
  expect(completed('1 - 2|')).toEqual([])
})

test('a problem is where its piece of the text is', () => {
  const bad = readFormula('${acc} + sine(1)')
  expect(bad.problem).toMatchObject({ position: 9 })
  expect(formulaSpan('${acc} + sine(1)', 9)).toEqual({ from: 9, to: 13 })
  expect(formulaSpan('1 +', 3)).toEqual({ from: 3, to: 3 })
  expect(formulaSpan('1 ${acc}', 2)).toEqual({ from: 2, to: 8 })
  expect(readFormula('1 - ${acc}').problem).toBeUndefined()
})

test('a name that nobody has logged, or that has no steps, is told, and is no mistake', () => {
  const of = (text: string) => uselessMetric(text, readFormula(text).expression!, [...names, gpu])
  const gpu: FormulaName = { name: 'system/gpu', detail: 'machine' }
  expect(of('${acc} / ${nothing}')).toEqual({ message: 'No run here has logged “nothing”.', position: 11 })
  expect(of('${acc} / ${system/gpu}')).toMatchObject({ position: 11, message: expect.stringContaining('no steps') })
  expect(of('${system/gpu} / 100')).toBeUndefined()
  expect(of('${acc} / ${config:lr}')).toBeUndefined()
})
