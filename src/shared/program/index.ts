import { InspectorError } from '../errors.ts'
import { patternOf } from '../zmq/patterns.ts'
import { c } from './c.ts'
import { cpp } from './cpp.ts'
import { csharp } from './csharp.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import type { Language } from './language.ts'
import type { LanguageId } from './language-ids.ts'
import { type ProgramSource, planOf } from './plan.ts'
import { python } from './python.ts'
import { rust } from './rust.ts'

/** A row for each language. */
export const languages: Readonly<Record<LanguageId, Language>> = {
  python,
  c,
  cpp,
  rust,
  javascript,
  java,
  go,
  csharp,
}

/**
 * The message and its socket as a program. Throws `InspectorError`: as `planOf` does, and `invalid-argument` for a type of
 * socket that the library of the language lacks.
 */
export function programIn(id: LanguageId, source: ProgramSource): string {
  const { label, library, install, comment, hasDrafts = false, write } = languages[id]
  const { label: type, isDraft } = patternOf(source.spec.pattern)
  if (isDraft && !hasDrafts) {
    throw new InspectorError(
      'invalid-argument',
      `${type} is a draft type: ${library} has it only where it was built for that, if at all. Choose JavaScript.`,
    )
  }
  const head = [`${comment} A ${type} socket in ${label}, written by ZeroMQ Inspector.`, `${comment} ${install}`]
  return `${head.join('\n')}\n\n${write(planOf(source))}\n`
}
