import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BleuOptions,
  type BleuScore,
  bleu,
  type ChrfOptions,
  characterErrorRate,
  chrf,
  exactMatch,
  normalizeAnswer,
  rouge,
  squadMetrics,
  tokenF1,
  tokenize13a,
  wordErrorRate,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'
import { thrownBy } from './thrown-by.ts'

type Three = { precision: number; recall: number; f1: number }
interface Corpus {
  bleu: Record<string, BleuScore>
  chrf: Record<string, number>
}
interface Row extends Corpus {
  references: string[]
  prediction: string
  rouge1: Three
  rouge2: Three
  rougeL: Three
}
interface Fixture {
  rows: Row[]
  corpus: Corpus
  answers: { answers: string[]; prediction: string; normalized: string; exactMatch: number; f1: number }[]
  squad: { exactMatch: number; f1: number }
  transcripts: { reference: string; prediction: string; wer: number; cer: number }[]
  wer: number
  cer: number
}

const fixture = readFixture<Fixture>('text')
const { rows } = fixture

const bleuOptions: Record<string, BleuOptions> = {
  default: {},
  lower: { isLowerCase: true },
  none: { tokenize: 'none' },
  floor: { smoothing: 'floor' },
  addK: { smoothing: 'add-k' },
  unsmoothed: { smoothing: 'none' },
  effective: { usesEffectiveOrder: true },
  order2: { orderMax: 2 },
}
const chrfOptions: Record<string, ChrfOptions> = {
  default: {},
  plusPlus: { wordOrder: 2 },
  lower: { isLowerCase: true },
  order3: { characterOrder: 3, beta: 1 },
}

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 12 })
const sentence = words.map((list) => list.join(' '))

describe('BLEU and chrF, as sacrebleu', () => {
  test.each(Object.entries(bleuOptions))('BLEU: %s', (name, options) => {
    for (const { references, prediction, ...expected } of rows) {
      expectClose(bleu([references], [prediction], options), expected.bleu[name], prediction)
    }
    const predictions = rows.map(({ prediction }) => prediction)
    const references = rows.map((row) => row.references)
    expectClose(bleu(references, predictions, options), fixture.corpus.bleu[name], 'corpus')
  })

  test.each(Object.entries(chrfOptions))('chrF: %s', (name, options) => {
    for (const { references, prediction, ...expected } of rows) {
      expectClose(chrf([references], [prediction], options), expected.chrf[name], prediction)
    }
    const predictions = rows.map(({ prediction }) => prediction)
    const references = rows.map((row) => row.references)
    expectClose(chrf(references, predictions, options), fixture.corpus.chrf[name], 'corpus')
  })

  test('tokens can be made by a function', () => {
    const tokenize = (text: string): string[] => text.split('|')
    expect(bleu(['a|b|c|d|e'], ['a|b|c|d|e'], { tokenize }).score).toBeCloseTo(100)
    expect(bleu(['a b'], ['a b'], { tokenize, usesEffectiveOrder: true }).predictionLength).toBe(1)
  })

  test('tokens of mteval-v13a', () => {
    expect(tokenize13a('"It\'s 1,000.5 (or 2-3), no?"')).toEqual([
      '"',
      "It's",
      '1,000.5',
      '(',
      'or',
      '2',
      '-',
      '3',
      ')',
      ',',
      'no',
      '?',
      '"',
    ])
  })

  test('no rows give NaN, and a row without a reference is an error', () => {
    expect(bleu([], []).score).toBeNaN()
    expect(chrf([], [])).toBeNaN()
    expect(thrownBy(() => bleu([[]], ['a']))).toMatchObject({
      code: 'evaluation-length',
      message: 'Row 0 has no reference.',
    })
    expect(thrownBy(() => chrf(['a', 'b'], ['a']))).toMatchObject({ code: 'evaluation-length' })
    expect(thrownBy(() => bleu(['a'], ['a'], { orderMax: 0 }))).toMatchObject({ code: 'evaluation-option' })
  })

  test('scores lie between 0 and 100, and a text is its own best translation', () => {
    fc.assert(
      fc.property(sentence, sentence, (reference, prediction) => {
        for (const score of [bleu([reference], [prediction]).score, chrf([reference], [prediction])]) {
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(100 + 1e-9)
        }
        if (reference === '') return
        expectClose(bleu([reference], [reference], { usesEffectiveOrder: true }).score, 100)
        expectClose(chrf([reference], [reference]), 100)
      }),
    )
  })
})

describe('ROUGE', () => {
  test('as by its definition', () => {
    for (const { references, prediction, rouge1, rouge2, rougeL } of rows) {
      expectClose(rouge([references], [prediction]), { rouge1, rouge2, rougeL }, prediction)
    }
  })

  test("is what Google's rouge_score computes", () => {
    const { rows } = readFixture<{ rows: Row[] }>('rouge')
    expect(rows.length).toBeGreaterThan(30)
    for (const { references, prediction, rouge1, rouge2, rougeL } of rows) {
      expectClose(rouge([references], [prediction]), { rouge1, rouge2, rougeL }, prediction)
    }
  })

  test('the example of rouge_score', () => {
    const { rouge1, rougeL } = rouge(
      ['The quick brown fox jumps over the lazy dog'],
      ['The quick brown dog jumps on the log.'],
    )
    // Printed in its README.
    expectClose(rouge1, { precision: 0.75, recall: 2 / 3, f1: 0.7058823529411765 })
    expectClose(rougeL, { precision: 0.625, recall: 5 / 9, f1: 0.5882352941176471 })
  })

  test('values are means over the rows', () => {
    const { rouge2 } = rouge(['a b c', 'a b c'], ['a b c', 'x'])
    expect(rouge2.f1).toBe(0.5)
    expect([...rouge2.f1PerRow]).toEqual([1, 0])
    expect(rouge([], []).rouge1.f1).toBeNaN()
  })

  test('swapping sides swaps precision and recall', () => {
    fc.assert(
      fc.property(sentence, sentence, (reference, prediction) => {
        const there = rouge([reference], [prediction])
        const back = rouge([prediction], [reference])
        for (const kind of ['rouge1', 'rouge2', 'rougeL'] as const) {
          expectClose(back[kind], { precision: there[kind].recall, recall: there[kind].precision, f1: there[kind].f1 })
        }
      }),
    )
  })
})

describe('answers', () => {
  test('as evaluate-v2.0.py of SQuAD', () => {
    const { answers } = fixture
    for (const { prediction, normalized } of answers) expect(normalizeAnswer(prediction)).toBe(normalized)
    const actual = squadMetrics(
      answers.map((one) => one.answers),
      answers.map(({ prediction }) => prediction),
    )
    expectClose(
      actual.exactMatchPerRow,
      answers.map((one) => one.exactMatch),
    )
    expectClose(
      actual.f1PerRow,
      answers.map(({ f1 }) => f1),
    )
    expectClose(actual, fixture.squad)
    expect(squadMetrics([], []).f1).toBeNaN()
    // An answer of articles alone is none, as in SQuAD's script.
    expect(squadMetrics([['the', 'cat']], ['']).exactMatch).toBe(0)
    expect(squadMetrics([['the'], []], ['', '']).exactMatch).toBe(100)
  })

  test('exact match compares as it is told', () => {
    expect([...exactMatch(['Yes', ['no', 'No']], ['yes', 'No']).perRow]).toEqual([0, 1])
    expect(exactMatch(['Yes'], ['yes'], { normalize: (text) => text.toLowerCase() }).mean).toBe(1)
    expect(exactMatch([], []).mean).toBeNaN()
  })

  test('F1 of words is the best over the references', () => {
    expect([...tokenF1([['x', 'a cat sat']], ['the cat slept']).perRow]).toEqual([0.5])
    expect(tokenF1([''], ['']).mean).toBe(1)
  })
})

describe('error rates', () => {
  test('as jiwer', () => {
    const { transcripts } = fixture
    for (const { reference, prediction, wer, cer } of transcripts) {
      expectClose(wordErrorRate([reference], [prediction]).rate, wer, `words of ${prediction}`)
      expectClose(characterErrorRate([reference], [prediction]).rate, cer, `characters of ${prediction}`)
    }
    const references = transcripts.map(({ reference }) => reference)
    const predictions = transcripts.map(({ prediction }) => prediction)
    expectClose(wordErrorRate(references, predictions).rate, fixture.wer)
    expectClose(characterErrorRate(references, predictions).rate, fixture.cer)
  })

  test('errors are told apart', () => {
    expect(wordErrorRate(['the cat sat', 'on mats'], ['the hat sat down', 'mats'])).toMatchObject({
      rate: 3 / 5,
      hits: 3,
      substitutions: 1,
      deletions: 1,
      insertions: 1,
      referenceLength: 5,
      errorsPerRow: Uint32Array.of(2, 1),
      lengthPerRow: Uint32Array.of(3, 2),
    })
    expect(wordErrorRate([], []).rate).toBeNaN()
  })

  test('the number of errors is a distance, and the counts fit the lengths', () => {
    fc.assert(
      fc.property(words, words, words, (first, second, third) => {
        const errors = (reference: string[], prediction: string[]): number =>
          wordErrorRate([reference.join(' ')], [prediction.join(' ')]).errorsPerRow[0]!
        expect(errors(first, second)).toBe(errors(second, first))
        expect(errors(first, first)).toBe(0)
        expect(errors(first, third)).toBeLessThanOrEqual(errors(first, second) + errors(second, third))
        const { hits, substitutions, deletions, insertions } = wordErrorRate([first.join(' ')], [second.join(' ')])
        expect(hits + substitutions + deletions).toBe(first.length)
        expect(hits + substitutions + insertions).toBe(second.length)
        expect(Math.min(hits, substitutions, deletions, insertions)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
