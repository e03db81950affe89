import type { Command } from 'commander'
import type { BackupArgs } from './commands/backup.ts'
import type { GcArgs } from './commands/gc.ts'
import type { ReindexArgs } from './commands/reindex.ts'
import type { RestoreArgs } from './commands/restore.ts'
import type { Conclude } from './conclude.ts'
import type { Effects } from './effects.ts'
import { parseAgeSeconds } from './parse-numbers.ts'

/** Adds `lossline backup`, `restore`, `gc` and `reindex`. Their modules are loaded when one of them runs. */
export function addMaintenanceCommands(program: Command, effects: Effects, conclude: Conclude): void {
  const dataDir = ['--data-dir <dir>', 'the data folder (default: the nearest .lossline)'] as const
  const json = ['--json', 'print the result as JSON'] as const

  program
    .command('backup')
    .description('write a data folder into one file, whether its server is up or not')
    .argument('<file>', 'the tar file to make')
    .option(...dataDir)
    .option('--force', 'replace a file that is there')
    .option(...json)
    .action((file: string, _, command: Command) =>
      conclude(async () => {
        const { backup } = await import('./commands/backup.ts')
        return backup({ ...command.optsWithGlobals<Omit<BackupArgs, 'file'>>(), file }, effects)
      }),
    )

  program
    .command('restore')
    .description('bring a backup into a data folder, after checking all of it')
    .argument('<file>', 'what lossline backup has made')
    .option(...dataDir)
    .option('--replace', 'put aside what the data folder holds, instead of refusing')
    .option(...json)
    .action((file: string, _, command: Command) =>
      conclude(async () => {
        const { restore } = await import('./commands/restore.ts')
        return restore({ ...command.optsWithGlobals<Omit<RestoreArgs, 'file'>>(), file }, effects)
      }),
    )

  program
    .command('gc')
    .description('remove contents of files that nothing refers to any more')
    .option(...dataDir)
    .option('--dry-run', 'only say what would go')
    .option('--grace <seconds>', 'leave what is younger (default: 3600)', parseAgeSeconds)
    .option(...json)
    .action((_, command: Command) =>
      conclude(async () => {
        const { gc } = await import('./commands/gc.ts')
        return gc(command.optsWithGlobals<GcArgs>(), effects)
      }),
    )

  program
    .command('reindex')
    .description('read all run folders into the database again')
    .option(...dataDir)
    .option('--fresh', 'put the database aside and begin with one that has its users alone')
    .option(...json)
    .action((_, command: Command) =>
      conclude(async () => {
        const { reindex } = await import('./commands/reindex.ts')
        return reindex(command.optsWithGlobals<ReindexArgs>(), effects)
      }),
    )
}
