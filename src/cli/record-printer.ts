import { messageOf, type TranscriptRecord } from '../shared/transcript/record.ts'
import { escapeHidden } from './escape-hidden.ts'
import { jsonPrinter, warnOfHex } from './printer.ts'
import { type ShownAs, showFrame } from './quote.ts'

/** Prints records of a recording, in the form of socket commands. */
export interface RecordPrinter {
  /** `showsName`: whether the socket is named, because there are several. */
  message(record: TranscriptRecord, shownAs: (index: number) => ShownAs, showsName: boolean): void
  event(record: TranscriptRecord): void
}

type Write = (text: string) => void

/**
 * As text, `-> "Hi"` was sent, `<- "Hi"` was received and `-- connect: words` is an event; `warn` is told why a frame is
 * shown as hex. As JSON, lines are those of `jsonPrinter` with the peer and the endpoint, and events are
 *
 *     {"event":"socket-event","at":"2024-02-29T12:34:56.789Z","type":"connect","detail":"words","name":"tcp://…"}
 */
export function recordPrinter(write: Write, json: boolean, warn: ((text: string) => void) | null): RecordPrinter {
  return json ? asJson(write) : asText(write, warn)
}

function asJson(write: Write): RecordPrinter {
  const printer = jsonPrinter(write, true, true)
  return {
    message: (record) => printer.message(record),
    event({ at, event, detail, name }) {
      const line = { event: 'socket-event', at: new Date(at).toISOString(), type: event, detail, name }
      write(`${escapeHidden(JSON.stringify(line))}\n`)
    },
  }
}

function asText(write: Write, warn: ((text: string) => void) | null): RecordPrinter {
  const named = (name: string, isShown: boolean) => (isShown ? `[${escapeHidden(name)}] ` : '')
  return {
    message(record, shownAs, showsName) {
      const frames = messageOf(record)
      const arrow = record.direction === 'sent' ? '->' : '<-'
      const shown = frames.map((frame, index) => showFrame(shownAs(index), frame)).join(' ')
      write(`${named(record.name, showsName)}${arrow} ${shown}\n`)
      if (warn) warnOfHex(frames, shownAs, warn)
    },
    event: ({ event, detail }) => write(escapeHidden(`-- ${event ?? 'event'}: ${detail ?? ''}`).concat('\n')),
  }
}
