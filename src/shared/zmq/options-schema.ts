import { z } from '../schema.ts'
import {
  type OptionKey,
  type OptionRow,
  type OptionValue,
  optionKeys,
  optionRows,
  problemWith,
  type SocketOptions,
} from './options.ts'

const schemaOf = (row: OptionRow): z.ZodType =>
  z
    .custom<OptionValue>((value) => problemWith(row, value) === null, {
      error: ({ input }) => problemWith(row, input) ?? undefined,
    })
    .default(row.usual)

type Shape = { [Key in OptionKey]: z.ZodType<SocketOptions[Key]> }

function shape(): Shape
function shape(): Record<string, z.ZodType> {
  return Object.fromEntries(optionKeys.map((key) => [key, schemaOf(optionRows[key])]))
}

/** Checks every bound. An option that an older file does not have gets its default. */
export const socketOptionsSchema = z.object(shape())
