import { NativeSelect } from '@mantine/core'
import { encodingIds, textEncodingIds, type ViewId, viewIds } from '../../../shared/codecs/codec.ts'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import classes from './reply.module.css'

interface ViewSelectProps {
  readonly label: string
  /** The choice; null for the automatic one. */
  readonly chosen: ViewId | null
  /** What is shown automatically; null while that is not known. */
  readonly automatic: ViewId | null
  readonly onChoose: (view: ViewId | null) => void
}

const automaticValue = 'auto'

const optionOf = (id: ViewId) => ({ value: id, label: viewFacts[id].label })
const encodings = encodingIds.map(optionOf)
const texts = { group: 'Text in another encoding', items: textEncodingIds.map(optionOf) }

/** Chooses how a frame is viewed. The first choice is the automatic one, with its result. */
export function ViewSelect({ label, chosen, automatic, onChoose }: ViewSelectProps) {
  const auto = { value: automaticValue, label: automatic ? `Auto: ${viewFacts[automatic].label}` : 'Auto' }
  return (
    <NativeSelect
      aria-label={label}
      className={classes.view}
      data={[auto, ...encodings, optionOf('pickle'), optionOf('array'), texts]}
      value={chosen ?? automaticValue}
      onChange={(event) => {
        const { value } = event.currentTarget
        onChoose(viewIds.find((id) => id === value) ?? null)
      }}
    />
  )
}
