import { type Command, Option } from 'commander'
import type { AdminArgs } from './commands/users.ts'
import type { Conclude } from './conclude.ts'
import type { Effects } from './effects.ts'

type Users = typeof import('./commands/users.ts')

/** Adds `lossline user`, `key` and `team`. Their module is loaded when one of them runs. */
export function addUsersCommands(program: Command, effects: Effects, conclude: Conclude): void {
  /** Runs `work` with the module and the options of a command. */
  const run =
    (work: (users: Users, names: readonly string[], args: AdminArgs & Record<string, never>) => Promise<number>) =>
    (...given: readonly unknown[]): Promise<void> => {
      const command = given.at(-1) as Command
      return conclude(async () =>
        work(await import('./commands/users.ts'), command.processedArgs as string[], command.optsWithGlobals()),
      )
    }
  const withPlace = (command: Command): Command =>
    command
      .option('--data-dir <dir>', 'the data folder of the server (default: the nearest .lossline)')
      .option('--json', 'print the answer as JSON')

  const user = program.command('user').description('say who may use the server of this folder')
  withPlace(user.command('add'))
    .description('make a user and show the key, or change a user')
    .argument('<name>', 'letters, digits, ".", "_" and "-"')
    .option('--admin', 'may see and change everything')
    .option('--key <key>', 'a key to add, 40 to 256 letters, digits, "_" and "-" (default: for a new user one is made)')
    .option('--email <address>', 'by which teams may invite the user')
    .action(run((users, [name], args) => users.addUser(name!, args, effects)))
  withPlace(user.command('list'))
    .description('print one line a user')
    .action(run((users, _, args) => users.listUsers(args, effects)))
  withPlace(user.command('rm'))
    .description('take away a user and all keys; projects stay')
    .argument('<name>')
    .action(run((users, [name], args) => users.removeUser(name!, args, effects)))

  const key = program.command('key').description('make and take away API keys of users')
  withPlace(key.command('new'))
    .description('make another key and show it, once')
    .argument('<user>')
    .option('--description <text>', 'what it is for')
    .addOption(
      new Option('--scope <scope>', 'write: may do what the user may; read: may look, and changes nothing')
        .choices(['read', 'write'])
        .default('write'),
    )
    .action(run((users, [name], args) => users.newKey(name!, args, effects)))
  withPlace(key.command('rm'))
    .description('take a key away: requests with it are refused from now on')
    .argument('<user>')
    .argument('<key>', 'its beginning, as `lossline user list` shows it, or its id')
    .action(run((users, [name, which], args) => users.removeKey(name!, which!, args, effects)))

  const team = program.command('team').description('let several users share projects')
  withPlace(team.command('add'))
    .description('make a team')
    .argument('<name>')
    .action(run((users, [name], args) => users.addTeam(name!, args, effects)))
  withPlace(team.command('list'))
    .description('print one line a team')
    .action(run((users, _, args) => users.listTeams(args, effects)))
  withPlace(team.command('rm'))
    .description('take away a team; its projects stay')
    .argument('<name>')
    .action(run((users, [name], args) => users.removeTeam(name!, args, effects)))
  withPlace(team.command('join'))
    .description('give a user a place in a team, or another role there')
    .argument('<team>')
    .argument('<user>')
    .addOption(
      new Option('--role <role>', 'reader sees, member also changes, admin also says who belongs to the team')
        .choices(['reader', 'member', 'admin'])
        .default('member'),
    )
    .action(run((users, [name, who], args) => users.joinTeam(name!, who!, args, effects)))
  withPlace(team.command('leave'))
    .description('take away the place of a user in a team')
    .argument('<team>')
    .argument('<user>')
    .action(run((users, [name, who], args) => users.leaveTeam(name!, who!, args, effects)))
}
