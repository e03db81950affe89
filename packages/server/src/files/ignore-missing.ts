/** For `catch`: a file that is not there is undefined, any other failure is thrown on. */
export function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
