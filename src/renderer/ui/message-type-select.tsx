import { Button, Select } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMemo } from 'react'
import { messageNames } from '../../shared/codecs/protobuf/names.ts'
import type { ProtobufSchema } from '../../shared/codecs/protobuf/schema.ts'
import { explained } from './explained.ts'
import classes from './message-type-select.module.css'

/** Types listed at a time; others are found by typing. */
const listed = 200

interface MessageTypeSelectProps {
  readonly label: string
  readonly value: string | null
  readonly schema: ProtobufSchema
  readonly onChange: (message: string | null) => void
  /** What is wrong with a schema; null when all can be read. */
  readonly problem: string | null
  /** Opens the schemas dialog. */
  readonly onSchemas: () => void
}

/** Chooses a Protobuf message type, or none. */
export function MessageTypeSelect({ label, value, schema, problem, onChange, onSchemas }: MessageTypeSelectProps) {
  const names = useMemo(() => messageNames(schema), [schema])
  const isUnknown = value !== null && !Object.hasOwn(schema.messages, value)
  return (
    <div className={classes.type}>
      <Select
        aria-label={label}
        {...explained('messageType')}
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
      <Button
        variant="default"
        title={problem ?? undefined}
        leftSection={problem === null ? undefined : <IconAlertTriangle size={14} className={classes.broken} />}
        onClick={onSchemas}
      >
        Schemas…
        {problem === null ? null : <span className="visually-hidden"> A schema cannot be read.</span>}
      </Button>
    </div>
  )
}
