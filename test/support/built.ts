import { join } from 'node:path'
import { inject } from 'vitest'
import type {} from './build-once.ts'

/** The program of the command line, built exactly as it is shipped. */
export const commandLine = (): string => join(inject('commandLineFolder'), 'index.js')

/** A module that is built for plain Node.js, by its name in build-once.ts. */
export const builtModule = (name: string): string => join(inject('modulesFolder'), `${name}.js`)
