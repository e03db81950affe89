import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { expect, test } from 'vitest'
import { createSender } from '../../src/index.ts'
import { startRecordingServer } from './recording-server.ts'
import { createTestJournal, linesOf } from './test-journal.ts'

test('a sender that is killed again and again: the server ends with exactly what was logged', {
  timeout: 60_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await startRecordingServer()
  const journal = createTestJournal(directory.path)
  const script = new URL('./sending-child.ts', import.meta.url)
  const args = [journal.runDirectory, journal.journalPath, server.url]
  const rowsPerRound = 400
  let step = 0
  for (let round = 0; round < 4; round += 1) {
    await using child = spawnScript(script, { args })
    // Some of the rows come in small portions, so that the kill can hit between any two requests.
    journal.appendRows(step, step + rowsPerRound / 2)
    step += rowsPerRound / 2
    await child.waitForOutput(/sent \d+/)
    for (let portion = 0; portion < 20; portion += 1) {
      journal.appendRows(step, step + rowsPerRound / 40)
      step += rowsPerRound / 40
    }
    if (round % 2 === 1) await child.waitForOutput(new RegExp(`sent ${step}\\b`))
    child.send('SIGKILL')
    expect(await child.exited).toMatchObject({ signal: 'SIGKILL' })
  }
  journal.append({ kind: 'exit', exit: { exitCode: 3 } })
  const { runDirectory, journalPath } = journal
  const report = await createSender({ runDirectory, journalPath, target: { baseUrl: server.url }, follow: false }).run()
  expect(report).toMatchObject({ isExitSent: true, historyRowCount: step })
  expect(server.files.get('wandb-history.jsonl')).toEqual(linesOf(0, step))
  expect(server.exitCode).toBe(3)
})
