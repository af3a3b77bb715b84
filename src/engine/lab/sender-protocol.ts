import type { ErrorValue } from '../../shared/errors.ts'
import type { LabClient } from '../../shared/lab/client.ts'
import type { OneWayPattern } from '../../shared/lab/kind.ts'
import type { SocketOptions } from '../../shared/zmq/options.ts'
import type { FlowTimes } from './flow-plan.ts'

/** What the thread is given that sends a one-way stream. */
export interface SenderPlan {
  readonly pattern: OneWayPattern
  readonly client: LabClient
  /** Where the receiver is bound. */
  readonly endpoint: string
  readonly options: SocketOptions
  readonly timeoutMs: number
  /** Bytes of each message. */
  readonly size: number
  /** Tells its messages from those of another run. */
  readonly run: number
}

/** Messages to the sender. */
export type ToSender =
  /** Its first message arrived: it may stop to ask whether somebody listens. */
  | { readonly type: 'heard' }
  | { readonly type: 'begin'; readonly times: FlowTimes }
  /** Ends it at once. */
  | { readonly type: 'stop' }

/** Messages from the sender. */
export type FromSender =
  | { readonly type: 'connected'; readonly connectNs: number | null }
  /** How many messages that count were handed over so far. */
  | { readonly type: 'progress'; readonly sent: number }
  /** Its connection broke, or could not be made again. */
  | { readonly type: 'failed'; readonly error: ErrorValue }
  /** A write waited longer than the timeout, which ends the stream. */
  | { readonly type: 'timed-out' }
  /** So many messages were overdue by the timeout. */
  | { readonly type: 'unsent'; readonly messages: number }
  /** All have been handed over. */
  | { readonly type: 'sent'; readonly sent: number; readonly reconnects: number }
  /** It cannot connect. */
  | { readonly type: 'broken'; readonly error: ErrorValue }

/** The other end of a sender's channel. */
export interface Sender {
  post(message: ToSender): void
  onMessage(listen: (message: FromSender) => void): void
  /** Called once, with why it ended by itself. */
  onExit(listen: (reason: string) => void): void
  /** Resolves when its thread has ended. */
  readonly ended: Promise<void>
}

/** Starts a thread that sends. */
export type StartSender = (plan: SenderPlan) => Sender
