/**
 * Reads the part of Electron's command line that its default app answers for: `-r MODULE` (any number of
 * times) and the app's path, which is the first argument that is no switch. Everything after the path
 * belongs to the app.
 * @param {string[]} args the arguments after the executable
 * @returns {{ appPath: string, modules: string[] }}
 */
export function readCommandLine(args) {
  /** @type {string[]} */
  const modules = []
  const rest = args.values()
  for (const argument of rest) {
    if (argument === '-r' || argument === '--require') {
      const module = rest.next().value
      if (module === undefined) throw new Error(`${argument} needs the name of a module`)
      modules.push(module)
    } else if (!argument.startsWith('-')) {
      return { appPath: argument, modules }
    }
  }
  return { appPath: '.', modules }
}
