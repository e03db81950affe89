import type { FinishReport } from '@lossline/journal'
import { expect, test } from 'vitest'
import { describeEnd, describeTrouble } from './run-messages.ts'

const report: FinishReport = {
  journalPath: '/runs/run-a.wandb',
  rowCount: 2,
  recordCount: 5,
  droppedRowCount: 0,
  droppedMediaCount: 0,
  isWritten: true,
  contents: { fileCount: 0, artifactCount: 0, histories: [] },
  problems: [],
}
const away = {
  reason: 'send-failed',
  message: 'connect refused',
  hint: 'It is tried again.',
  droppedRowCount: 0,
} as const

test('the last line shows nested metrics and configured statistics, and nothing of ours', () => {
  const summary = { _step: 3, _wandb: { runtime: 1 }, train: { loss: 0.123456 }, 'val/loss': { min: 0.25 }, note: 'x' }
  expect(describeEnd({ name: 'calm-river', id: 'a', exitCode: 0, rowCount: 2, durationMs: 1234, summary })).toBe(
    'calm-river (a) finished: 2 rows in 1.2 s, train.loss 0.1235, val/loss.min 0.25',
  )
})

test('a server that was away and has everything now is no trouble any more', () => {
  expect(describeTrouble({ ...report, problems: [away], sync: { isComplete: true } })).toEqual([
    'The server was away for a while; it has all of the run now.',
  ])
})

test('a server that lacks something comes with the command that sends it', () => {
  const sync = { isComplete: false, message: 'connect refused', hint: 'lossline sync runs/a' }
  expect(describeTrouble({ ...report, problems: [away], sync })).toEqual([
    'The server does not have all of the run: connect refused. To send it: lossline sync runs/a',
  ])
})

test('what the server lacks is counted, and files and artifacts are named', () => {
  const unsent = {
    rowCount: 1000,
    fileCount: 12,
    artifactCount: 1,
    bytes: 5_000_900,
    files: Array.from({ length: 12 }, (_, index) => ({
      name: `media/images/${index}.png`,
      bytes: index === 0 ? 900 : 0,
    })),
    artifacts: [{ name: 'digits-cnn', bytes: 5_000_000 }],
    isAtLeast: false,
  }
  const sync = { isComplete: false, message: 'connect refused', hint: 'lossline sync runs/a', unsent }
  expect(describeTrouble({ ...report, sync })).toEqual([
    'Still to be sent: 1,000 rows, 12 files (media/images/0.png, 900 B; media/images/1.png; media/images/2.png; ' +
      'media/images/3.png; media/images/4.png; media/images/5.png; media/images/6.png; media/images/7.png; ' +
      'media/images/8.png; media/images/9.png; and 2 more), 1 artifact (digits-cnn, 5.0 MB).',
    'The server does not have all of the run: connect refused. To send it: lossline sync runs/a',
  ])
})

test('trouble with the disk is said again at the end', () => {
  const full = { reason: 'disk-full', message: 'The disk is full.', droppedRowCount: 7 } as const
  expect(describeTrouble({ ...report, problems: [full] })).toEqual(['The disk is full.'])
})

test('media are no metrics, and many that were left out take two lines', () => {
  const summary = { loss: 0.5, sample: { _type: 'image-file', width: 8, height: 8, size: 70 } }
  const line = describeEnd({ name: 'n', id: 'i', exitCode: 0, rowCount: 1, durationMs: 1000, summary })
  expect(line).toBe('n (i) finished: 1 row in 1.0 s, loss 0.5')
  const left = (key: string) =>
    ({ reason: 'media-failed', message: `"${key}" was left out of its row: disk full`, droppedRowCount: 0 }) as const
  expect(describeTrouble({ ...report, problems: [left('a'), left('b'), left('c')], droppedMediaCount: 3 })).toEqual([
    '"a" was left out of its row: disk full',
    '3 media values were left out of their rows.',
  ])
})
