import { Button, Group } from '@mantine/core'
import { formatCount } from '../../../shared/format.ts'
import { deceptionIn, visiblePartsOf } from '../../../shared/visible-parts.ts'
import { useWindow } from '../../state/window-store.ts'
import { answerAsked, ignoreAsked } from './answer-asked.ts'
import classes from './asked.module.css'

/** The endpoint, on which no character can hide or pass for another. */
function Endpoint({ text }: { readonly text: string }) {
  const parts = visiblePartsOf(text)
  const deception = deceptionIn(parts)
  return (
    <>
      <p className={`bytes selectable ${classes.endpoint}`}>
        {parts.map((part, index) => {
          if (part.kind === 'plain') return part.text
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place; the text does not change
            <mark key={index} className={part.kind === 'hidden' ? classes.hidden : classes.foreign}>
              {part.kind === 'hidden' ? part.name : part.text}
            </mark>
          )
        })}
      </p>
      {deception === '' ? null : <p className={classes.deception}>{deception}</p>}
    </>
  )
}

/** What a link or command line asks for, with Add and Cancel. */
export function Asked() {
  const { endpoints, repeated, ignored } = useWindow(({ asked }) => asked)
  return (
    <>
      <p>A link or another program wants to add a socket for</p>
      <Endpoint text={endpoints[0] ?? ''} />
      <p>It will be added to the list. Nothing is sent until you press Send.</p>
      {ignored > 0 ? (
        <p className={classes.ignored}>
          {ignored === 1 ? 'Another request was ignored.' : `${formatCount(ignored)} other requests were ignored.`}
        </p>
      ) : null}
      <Group justify="flex-end" gap="sm">
        {repeated ? (
          <Button variant="subtle" className={classes.ignoreAll} onClick={ignoreAsked}>
            Ignore links until restart
          </Button>
        ) : null}
        <Button variant="default" data-autofocus onClick={() => answerAsked(false)}>
          Cancel
        </Button>
        <Button onClick={() => answerAsked(true)}>Add socket</Button>
      </Group>
    </>
  )
}
