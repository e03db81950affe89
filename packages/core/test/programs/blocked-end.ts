// Forgets the run of a data folder in which nothing can be removed.
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { forgetResumeId, readResumeId, writeResumeId } from '../../src/node/resume-file.ts'

const folder = join(process.cwd(), 'data')
writeResumeId(folder, 'kept')
chmodSync(folder, 0o555)
// The administrator may remove files everywhere.
if (process.getuid?.() === 0) {
  chmodSync(process.cwd(), 0o755)
  process.seteuid?.(65_534)
}
forgetResumeId(folder, 'kept')
console.log(readResumeId(folder))
process.exit()
