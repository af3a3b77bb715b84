import { Button, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { parseEndpoint } from '../../../shared/endpoint.ts'
import { reasonOf } from '../../../shared/reason.ts'
import type { StartingPoint } from '../../../shared/starting-points/starting-point.ts'
import { startingPoints } from '../../../shared/starting-points/starting-points.ts'
import { openDialog } from '../../state/dialogs.ts'
import { startFrom, startFromKernel } from '../../state/start-from.ts'
import { Problem } from '../../ui/problem.tsx'
import classes from './start-from.module.css'

/** What is wrong with an endpoint; null for nothing. */
function problemWith(endpoint: string): string | null {
  try {
    parseEndpoint(endpoint, 'connect', { ipv6: true })
    return null
  } catch (thrown) {
    return reasonOf(thrown)
  }
}

/** What has to be known of a starting point, and the button that makes its sockets. */
function StartForm({ point }: { readonly point: StartingPoint }) {
  const [endpoint, setEndpoint] = useState(point.endpoint)
  const [problem, setProblem] = useState<string | null>(null)
  const attempt = async (action: () => Promise<boolean>) => {
    try {
      if (await action()) openDialog(null)
    } catch (thrown) {
      setProblem(reasonOf(thrown))
    }
  }
  if (point.asks === 'connection-file') {
    return (
      <div className={classes.start}>
        {problem === null ? null : <Problem title={problem} onDismiss={() => setProblem(null)} />}
        <p className={classes.hint}>
          The file that the kernel wrote, such as kernel-….json in the folder of <code>jupyter --runtime-dir</code>.
        </p>
        <Button onClick={() => void attempt(startFromKernel)}>Choose the connection file…</Button>
      </div>
    )
  }
  return (
    <form
      className={classes.start}
      onSubmit={(event) => {
        event.preventDefault()
        const wrong = problemWith(endpoint)
        setProblem(wrong)
        if (wrong === null) void attempt(() => startFrom(point, endpoint).then(() => true))
      }}
    >
      <TextInput
        label="Endpoint"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={endpoint}
        error={problem}
        onChange={(event) => {
          setEndpoint(event.currentTarget.value)
          setProblem(null)
        }}
      />
      <Button type="submit">Start</Button>
    </form>
  )
}

/** Programs that many people have, each with what it takes to read what they send. */
export function StartFrom() {
  const [first] = startingPoints
  const [chosen, setChosen] = useState(first)
  const group = useId()
  return (
    <div className={classes.both}>
      <div role="radiogroup" aria-label="Starting points" className={classes.list}>
        {startingPoints.map((point) => (
          <label key={point.id} className={classes.point} data-chosen={point === chosen || undefined}>
            <input
              type="radio"
              className="visually-hidden"
              name={group}
              checked={point === chosen}
              onChange={() => setChosen(point)}
            />
            {point.name}
          </label>
        ))}
      </div>
      {chosen ? (
        <section aria-label={chosen.name} className={classes.about}>
          <h3 className={classes.name}>{chosen.name}</h3>
          <p className={classes.words}>{chosen.words}</p>
          <p className={classes.hint}>{chosen.source}</p>
          <StartForm key={chosen.id} point={chosen} />
        </section>
      ) : null}
    </div>
  )
}
