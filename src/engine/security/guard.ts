import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import type { Frame } from '../../shared/message.ts'
import type { AuthenticationDecision, AuthenticationState } from '../../shared/session/authentication.ts'
import { defaultSocketOptions } from '../../shared/zmq/options.ts'
import {
  type Admission,
  type MechanismName,
  type Secrets,
  type Security,
  securityKinds,
} from '../../shared/zmq/security.ts'
import { systemCode, toFailure } from '../failures.ts'
import { type OpenSocket, openSocket, type Receiver } from '../sockets/open-socket.ts'
import { takeContext } from '../sockets/own-context.ts'
import { ownExaminations } from '../sockets/own-examinations.ts'
import { accessRules } from './access-rules.ts'
import { Authenticator } from './authenticator.ts'
import { zapEndpoint } from './zap.ts'
import { ZapHandler } from './zap-handler.ts'

/** What a guard tells its owner. */
export interface GuardListener {
  decided(decision: AuthenticationDecision): void
  /** Another client waits for a person, or one less. */
  changed(): void
  /** Nobody can be let in any longer. */
  broke(thrown: unknown): void
}

/** Why a handshake failed, by the code of the server's monitor. */
const failures: Readonly<Record<string, string>> = {
  ERR_ZMTP_CRYPTOGRAPHIC: 'It used another public key of this server, or its own two keys are no pair.',
  ERR_ZMTP_MECHANISM_MISMATCH: 'It uses another mechanism.',
  ERR_ZMTP_UNEXPECTED_COMMAND: 'It sent a command that this server does not expect: it may be a server, too.',
  EAGAIN: 'It did not finish the handshake in time.',
}

/** Null for events that are no failure, or that follow an answer of the authenticator. */
function whyFailed(type: string, errorCode: string | null): string | null {
  const isFailure = type === 'handshake:error:protocol' || type === 'handshake:error:other'
  if (!isFailure || errorCode === null || errorCode.startsWith('ERR_ZAP')) return null
  const known = failures[errorCode]
  if (known !== undefined) return known
  // A client of libzmq that sees another mechanism often goes before it says so.
  return type === 'handshake:error:other'
    ? `It went away before the handshake ended (${errorCode}): it may use another mechanism, have been a probe, or be no ZeroMQ socket.`
    : `It broke the rules of the handshake (${errorCode}).`
}

/** A client that has gone meanwhile has no use for its answer. */
const goneCodes: readonly (string | undefined)[] = ['EHOSTUNREACH', 'EAGAIN']

/** The authenticator of one server, in a context that it shares with the server's socket and with nobody else. */
export class Guard {
  readonly authenticator: Authenticator
  readonly #handler: ZapHandler
  readonly #mechanism: MechanismName
  #admits: Admission
  readonly #own = takeContext()
  #open: OpenSocket | undefined
  #sent: Promise<void> = Promise.resolve()

  /** `handshakeInterval`: the server's, in milliseconds. Throws `InspectorError` for rules that cannot be used. */
  constructor(
    security: Security,
    secrets: Secrets,
    handshakeInterval: number,
    private readonly listener: GuardListener,
  ) {
    this.#mechanism = securityKinds[security.kind].mechanism
    this.#admits = security.admits
    const rules = accessRules(security, secrets)
    this.authenticator = new Authenticator(rules, handshakeInterval, listener.decided, listener.changed)
    this.#handler = new ZapHandler(this.authenticator, security.answers, (frames) => this.#send(frames))
  }

  /** For the server's socket. */
  get context() {
    return this.#own.context
  }

  get state(): AuthenticationState {
    return this.authenticator.state
  }

  /** Begins to answer. Call this before the server binds or connects. Throws `InspectorError`. */
  open(): void {
    try {
      const open = openSocket('router', defaultSocketOptions, () => undefined, {
        properties: [],
        context: this.context,
      })
      this.#open = open
      open.socket.bindSync(zapEndpoint)
      if (open.receiver) void this.#receive(open.socket, open.receiver)
    } catch (thrown) {
      throw toFailure(thrown)
    }
  }

  /** Other rules hold from now on. Throws `InspectorError`, and keeps those that there are then. */
  replace(security: Security, secrets: Secrets): void {
    this.authenticator.replaceRules(accessRules(security, secrets))
    if (security.admits !== this.#admits) this.authenticator.forgetAnswers()
    this.#admits = security.admits
    this.#handler.answerWith(security.answers)
  }

  /**
   * Takes an event of the server's socket, at one of its endpoints: some clients fail before anybody can decide about
   * them.
   */
  event({ type, errorCode }: SocketEvent, endpoint: string | null): void {
    const why = whyFailed(type, errorCode)
    if (why === null || (type === 'handshake:error:other' && ownExaminations.take(endpoint))) return
    this.authenticator.record(
      { mechanism: this.#mechanism, address: null, who: null, knownAs: null },
      'failed',
      null,
      why,
    )
  }

  /** Ends the authenticator. Call this when the server's socket has ended. */
  async close(): Promise<void> {
    this.#handler.close()
    this.authenticator.close()
    this.#open?.socket.close()
    await this.#open?.ended
    this.#open = undefined
    this.#own.give()
  }

  async #receive(socket: OpenSocket['socket'], receiver: Receiver): Promise<void> {
    while (!socket.closed) {
      try {
        const frames = await receiver.receive()
        void this.#handler.received(frames)
      } catch (thrown) {
        if (socket.closed) return
        if (systemCode(thrown) !== 'EAGAIN') return this.listener.broke(thrown)
      }
    }
  }

  /** One after the other: zeromq.js refuses a second send at a time. */
  #send(frames: Frame[]): void {
    this.#sent = this.#sent.then(() => this.#offer(frames))
  }

  async #offer(frames: Frame[]): Promise<void> {
    const open = this.#open
    if (!open?.sender || open.socket.closed) return
    try {
      await open.sender.send(frames.map((frame) => Buffer.from(frame)))
    } catch (thrown) {
      if (open.socket.closed || goneCodes.includes(systemCode(thrown))) return
      this.listener.broke(thrown)
    }
  }
}
