import { NativeSelect, TextInput } from '@mantine/core'
import { viewIds } from '../../shared/codecs/codec.ts'
import { viewFacts } from '../../shared/codecs/facts.ts'
import { arrayChoices, type SourceDraft, type SourceProblems } from '../../shared/values/source-draft.ts'

interface SourceFieldsProps {
  readonly draft: SourceDraft
  readonly problems: SourceProblems
  /** The id of a list of paths that are offered; absent for none. */
  readonly paths?: string
  /** Of fields that want a line of their own. */
  readonly wide?: string
  readonly onChange: (patch: Partial<SourceDraft>) => void
}

/** Where in a message a value is. */
export function SourceFields({ draft, problems, paths, wide = '', onChange }: SourceFieldsProps) {
  const { encoding } = draft
  const { hasTree, takesMessage } = viewFacts[encoding]
  return (
    <>
      <TextInput
        label="Frame"
        inputMode="numeric"
        error={problems.frame}
        value={draft.frame}
        onChange={(event) => onChange({ frame: event.currentTarget.value })}
      />
      <NativeSelect
        label="Read as"
        data={viewIds.map((value) => ({ value, label: viewFacts[value].label }))}
        value={encoding}
        onChange={(event) => {
          const chosen = viewIds.find((each) => each === event.currentTarget.value)
          if (chosen) onChange({ encoding: chosen })
        }}
      />
      {takesMessage ? (
        <TextInput
          label="Message type"
          placeholder="package.Message"
          value={draft.message ?? ''}
          onChange={(event) => onChange({ message: event.currentTarget.value || null })}
        />
      ) : null}
      {encoding === 'array' ? (
        <NativeSelect
          label="Numbers"
          data={arrayChoices.map(({ value }) => value)}
          value={draft.array}
          onChange={(event) => onChange({ array: event.currentTarget.value })}
        />
      ) : null}
      <TextInput
        className={encoding === 'array' ? '' : wide}
        label="Path of the value"
        title={hasTree ? undefined : '$ is the whole, $[2] the third number or part of it'}
        placeholder="$.values[0]"
        error={problems.path}
        list={paths}
        value={draft.path}
        onChange={(event) => onChange({ path: event.currentTarget.value })}
      />
      {encoding === 'array' ? null : (
        <TextInput
          className={wide}
          label="Regular expression"
          title="For text: its group is the value"
          placeholder="temperature=([0-9.]+)"
          error={problems.capture}
          value={draft.capture}
          onChange={(event) => onChange({ capture: event.currentTarget.value })}
        />
      )}
    </>
  )
}
