import { Button, Select } from '@mantine/core'
import { useMemo } from 'react'
import { messageNames } from '../../shared/codecs/protobuf/names.ts'
import type { ProtobufSchema } from '../../shared/codecs/protobuf/schema.ts'
import classes from './message-type-select.module.css'
import { explain } from './terms.ts'

/** Types listed at a time; others are found by typing. */
const listed = 200

interface MessageTypeSelectProps {
  readonly label: string
  readonly value: string | null
  readonly schema: ProtobufSchema
  readonly onChange: (message: string | null) => void
  /** Opens the schemas dialog. */
  readonly onSchemas: () => void
}

/** Chooses a Protobuf message type, or none. */
export function MessageTypeSelect({ label, value, schema, onChange, onSchemas }: MessageTypeSelectProps) {
  const names = useMemo(() => messageNames(schema), [schema])
  const isUnknown = value !== null && !Object.hasOwn(schema.messages, value)
  return (
    <div className={classes.type}>
      <Select
        aria-label={label}
        title={explain('messageType')}
        className={classes.select}
        placeholder={names.length === 0 ? 'No message types: add a schema' : 'No type: raw wire fields'}
        nothingFoundMessage="No such message type"
        data={isUnknown ? [value, ...names] : names}
        value={value}
        limit={listed}
        searchable
        clearable
        error={isUnknown ? `${value} is not in any schema` : undefined}
        onChange={onChange}
      />
      <Button variant="default" onClick={onSchemas}>
        Schemas…
      </Button>
    </div>
  )
}
