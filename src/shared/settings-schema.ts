import type { DocumentFormat } from './kept/document-format.ts'
import { z } from './schema.ts'
import { defaultSettings, type SettingName, type Settings, settingFields } from './settings.ts'

function schemaOf(field: (typeof settingFields)[SettingName]): z.ZodType {
  switch (field.kind) {
    case 'choice':
      return z.enum(field.values)
    case 'whole':
      return z.number().int().min(field.minimum).max(field.maximum)
    case 'switch':
      return z.boolean()
  }
}

type Shape = { [Name in SettingName]: z.ZodType<Settings[Name]> }

function shape(): Shape
function shape(): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(settingFields).map(([name, field]) => [name, schemaOf(field)]))
}

const fields = { version: z.literal(1), ...shape() }

/** Checks every bound, whoever asks. */
export const settingsSchema = z.strictObject(fields)

/** The settings file. A setting that an earlier version did not know gets its default. */
export const settingsFormat: DocumentFormat<Settings> = {
  migrations: [],
  schema: {
    parse: (value) => z.object(fields).parse({ ...defaultSettings, ...z.looseObject({}).parse(value) }),
  },
}
