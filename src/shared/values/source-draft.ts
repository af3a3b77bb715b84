import { type ArrayForm, elements, elementTypes } from '../codecs/array/elements.ts'
import type { ViewId } from '../codecs/codec.ts'
import { viewFacts } from '../codecs/facts.ts'
import { parsePath } from '../codecs/tree-path.ts'
import { InspectorError } from '../errors.ts'
import { lastKeyFrame } from '../topics/key.ts'
import { captureProblem, longestCapture, longestPath, type ValueSource } from './source.ts'

/** Where in a message a value is, as it is filled in: what is wrong in it is told next to it. */
export interface SourceDraft {
  /** Counted from 1, as are all frames that people see. */
  readonly frame: string
  readonly encoding: ViewId
  /** Full name of the Protobuf message type; null for none. */
  readonly message: string | null
  /** One of `arrayChoices`. */
  readonly array: string
  readonly path: string
  /** Empty for none. */
  readonly capture: string
}

/** The types of numbers, as they are offered. */
export const arrayChoices: readonly { readonly value: string; readonly form: ArrayForm | null }[] = [
  { value: 'As the frame before says', form: null },
  ...elementTypes.flatMap((type) => [
    { value: type, form: { type, littleEndian: true, columns: 1 } },
    ...(elements[type].size > 1
      ? [{ value: `${type}, big endian`, form: { type, littleEndian: false, columns: 1 } }]
      : []),
  ]),
]

const arrayOf = (form: ArrayForm | null): string =>
  arrayChoices.find((each) => each.form?.type === form?.type && each.form?.littleEndian === form?.littleEndian)
    ?.value ?? 'float64'

/** A source as a form shows it. */
export const draftOfSource = ({ frame, encoding, message, array, path, capture }: ValueSource): SourceDraft => ({
  frame: `${frame + 1}`,
  encoding,
  message,
  array: arrayOf(array),
  path,
  capture: capture ?? '',
})

/** Why a text is no path; undefined when it is one. */
export function pathProblem(path: string): string | undefined {
  if (path.length > longestPath) return 'The path is too long.'
  try {
    parsePath(path)
    return undefined
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown.message
    throw thrown
  }
}

export type SourceProblems = Partial<Readonly<Record<'frame' | 'path' | 'capture', string>>>

/** What is wrong with a draft, by field; nothing when it says a source. */
export function sourceProblems({ frame, encoding, path, capture }: SourceDraft): SourceProblems {
  const place = Number(frame)
  const ofPath = pathProblem(path)
  const ofCapture =
    capture === '' || encoding === 'array'
      ? undefined
      : capture.length > longestCapture
        ? 'The expression is too long.'
        : captureProblem(capture)
  return {
    ...(Number.isInteger(place) && place >= 1 && place <= lastKeyFrame + 1
      ? {}
      : { frame: `From 1 to ${lastKeyFrame + 1}.` }),
    ...(ofPath === undefined ? {} : { path: ofPath }),
    ...(ofCapture === undefined ? {} : { capture: ofCapture }),
  }
}

/** The source that a draft without a problem says. */
export const sourceOf = ({ frame, encoding, message, array, path, capture }: SourceDraft): ValueSource => ({
  frame: Number(frame) - 1,
  encoding,
  message: viewFacts[encoding].takesMessage ? message : null,
  array: encoding === 'array' ? (arrayChoices.find((each) => each.value === array)?.form ?? null) : null,
  path,
  capture: capture === '' || encoding === 'array' ? null : capture,
  isTime: false,
})
