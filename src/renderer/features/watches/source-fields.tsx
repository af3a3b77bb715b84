import { NativeSelect, TextInput } from '@mantine/core'
import { elementTypes } from '../../../shared/codecs/array/elements.ts'
import { type ViewId, viewIds } from '../../../shared/codecs/codec.ts'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import type { WatchDraft, WatchProblems } from '../../../shared/watch/watch-draft.ts'

/** What values are read from: structures, numbers in a row, and text. */
const offered: readonly ViewId[] = viewIds.filter((id) => viewFacts[id].hasTree || id === 'array' || id === 'text')

interface SourceFieldsProps {
  readonly draft: WatchDraft
  readonly problems: WatchProblems
  readonly onChange: (patch: Partial<WatchDraft>) => void
}

/** Where in a message a value is. */
export function SourceFields({ draft, problems, onChange }: SourceFieldsProps) {
  const { encoding } = draft
  return (
    <>
      <TextInput
        label="Frame"
        w={64}
        inputMode="numeric"
        value={draft.frame}
        error={problems.frame}
        onChange={(event) => onChange({ frame: event.currentTarget.value })}
      />
      <NativeSelect
        label="Encoding"
        w={140}
        data={offered.map((id) => ({ value: id, label: viewFacts[id].label }))}
        value={encoding}
        onChange={(event) => {
          const chosen = offered.find((id) => id === event.currentTarget.value)
          if (!chosen) return
          const path = chosen === 'array' ? '$[0]' : chosen === 'text' ? '$' : draft.path
          onChange({ encoding: chosen, path })
        }}
      />
      {encoding === 'protobuf' ? (
        <TextInput
          label="Message type"
          w={180}
          placeholder="package.Message"
          value={draft.message}
          onChange={(event) => onChange({ message: event.currentTarget.value })}
        />
      ) : null}
      {encoding === 'array' ? (
        <>
          <NativeSelect
            label="Type"
            w={96}
            data={[...elementTypes]}
            value={draft.type}
            onChange={(event) => {
              const type = elementTypes.find((each) => each === event.currentTarget.value)
              if (type) onChange({ type })
            }}
          />
          <NativeSelect
            label="Byte order"
            w={120}
            data={[
              { value: 'little', label: 'Little-endian' },
              { value: 'big', label: 'Big-endian' },
            ]}
            value={draft.littleEndian ? 'little' : 'big'}
            onChange={(event) => onChange({ littleEndian: event.currentTarget.value === 'little' })}
          />
        </>
      ) : null}
      <TextInput
        label="Path"
        w={200}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        placeholder="$.values[0]"
        value={draft.path}
        error={problems.path}
        onChange={(event) => onChange({ path: event.currentTarget.value })}
      />
      {encoding === 'text' ? (
        <TextInput
          label="Regular expression"
          w={220}
          placeholder="number=(\d+)"
          value={draft.capture}
          error={problems.capture}
          onChange={(event) => onChange({ capture: event.currentTarget.value })}
        />
      ) : null}
    </>
  )
}
