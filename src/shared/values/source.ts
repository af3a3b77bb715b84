import { type ArrayForm, elementTypes, maximumColumns } from '../codecs/array/elements.ts'
import { type ViewId, viewIds } from '../codecs/codec.ts'
import { viewFacts } from '../codecs/facts.ts'
import { parsePath } from '../codecs/tree-path.ts'
import { InspectorError } from '../errors.ts'
import { z } from '../schema.ts'
import { lastKeyFrame } from '../topics/key.ts'

/** Where in a message a value is. */
export interface ValueSource {
  /** The place of the frame, from 0, without the envelope. */
  readonly frame: number
  readonly encoding: ViewId
  /** Full name of the Protobuf message type, for that encoding; null for the wire format alone. */
  readonly message: string | null
  /** How an array is read; null as the frame before it describes it, or as 64-bit floats. */
  readonly array: ArrayForm | null
  /**
   * As "Copy the path" gives it. Of bytes without a tree, `$` is the whole, and `$[2]` the third number of an array, or the
   * third part of a text that is divided by commas, semicolons or white space.
   */
  readonly path: string
  /** For text: a regular expression with one group, which is the value; null without one. */
  readonly capture: string | null
  /** Whether a text is read as a time of ISO 8601. */
  readonly isTime: boolean
}

/** A source that is an encoding and a path, without anything that few need. */
export const plainSource = (frame: number, encoding: ViewId, path: string): ValueSource => ({
  frame,
  encoding,
  message: null,
  array: null,
  path,
  capture: null,
  isTime: false,
})

/** The most characters of a path. */
export const longestPath = 1024
/** The most characters of a regular expression. */
export const longestCapture = 500

/** A path that can be read. */
export const pathSchema = z
  .string()
  .max(longestPath)
  .superRefine((text, context) => {
    try {
      parsePath(text)
    } catch (thrown) {
      if (!(thrown instanceof InspectorError)) throw thrown
      context.addIssue({ code: 'custom', message: thrown.message })
    }
  })

/** Why a regular expression cannot be a capture; undefined when it can. */
export function captureProblem(text: string): string | undefined {
  if (text === '') return 'Write a regular expression with one group, such as temperature=([0-9.]+).'
  try {
    new RegExp(text, 'u').test('')
    // With an empty alternative it matches anything, so that its groups can be counted.
    const groups = (new RegExp(`${text}|`, 'u').exec('')?.length ?? 1) - 1
    if (groups === 1) return undefined
    return groups === 0
      ? 'Put the value in a group, such as temperature=([0-9.]+).'
      : 'Leave one group alone. Others begin with (?: instead of (.'
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    return thrown.message
  }
}

const captureSchema = z
  .string()
  .max(longestCapture)
  .superRefine((text, context) => {
    const problem = captureProblem(text)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })

const arrayFormSchema = z.object({
  type: z.enum(elementTypes),
  littleEndian: z.boolean(),
  columns: z.number().int().min(1).max(maximumColumns),
})

export const valueSourceSchema = z.object({
  frame: z.number().int().min(0).max(lastKeyFrame),
  encoding: z.enum(viewIds),
  message: z.string().max(1024).nullable().default(null),
  array: arrayFormSchema.nullable().default(null),
  path: pathSchema,
  capture: captureSchema.nullable().default(null),
  isTime: z.boolean().default(false),
})

/** A source in words, such as `$.a[0]`, or `$.a[0] in frame 2, CBOR`: what is usual is not said. */
export function sourceWords({ frame, encoding, path, capture }: ValueSource): string {
  const what = capture === null ? path : `/${capture}/`
  const places = [
    ...(frame === 0 ? [] : [`in frame ${frame + 1}`]),
    ...(encoding === 'json' ? [] : [viewFacts[encoding].label]),
  ]
  return places.length === 0 ? what : `${what} ${places.join(', ')}`
}
