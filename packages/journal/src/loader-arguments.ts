/**
 * Options of this process that its threads need to find their modules and to warn as it does; others, such as
 * `--input-type`, would keep a thread from starting.
 */
export function loaderArguments(): string[] {
  return process.execArgv.filter((argument) => /^--(conditions=|(no|disable)-warning)/.test(argument))
}
