import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Command } from './placement.ts'

/** Time limit for one answer: the longest round takes a few seconds; providing Electron takes a minute or two. */
const answerLimitMs = 300_000
/** Time limit for a program to exit after its standard input has ended. */
const endLimitMs = 10_000
/** Characters of standard error that are kept. */
const keptErrors = 1000

const running = new Set<Program>()

/** A child process that answers each input line with one line, and ends when its standard input ends. */
export class Program {
  readonly #child: ChildProcess
  readonly #ended: Promise<void>
  readonly #lines: string[] = []
  #waiting: { resolve(line: string): void; reject(error: Error): void } | undefined
  #end: string | undefined

  constructor(
    private readonly name: string,
    { command, args }: Command,
    /** `told`: standard error is shown only as the reason of a failure. */
    errors: 'shown' | 'told' = 'shown',
  ) {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', errors === 'shown' ? 'inherit' : 'pipe'] })
    this.#child = child
    let complaint = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(-keptErrors)
    })
    running.add(this)
    // An exited program is reported by its exit, not by its pipe.
    child.stdin?.on('error', () => undefined)
    const reader = child.stdout && createInterface({ input: child.stdout })
    reader?.on('line', (line) => {
      if (this.#waiting) this.#waiting.resolve(line)
      else this.#lines.push(line)
    })
    this.#ended = new Promise((resolve) => {
      const end = (how: string) => {
        this.#end = how
        running.delete(this)
        this.#waiting?.reject(new Error(`${name} ${how}`))
        resolve()
      }
      child.once('error', (error) => end(`could not be started: ${error.message}`))
      // At its exit, its last lines may still be in the pipe.
      child.once('close', (code, signal) => end(`ended with ${signal ?? `code ${code}`} ${complaint}`.trim()))
    })
  }

  /** The next line that it prints. */
  async line(): Promise<string> {
    const ready = this.#lines.shift()
    if (ready !== undefined) return ready
    if (this.#end !== undefined) throw new Error(`${this.name} ${this.#end}`)
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting = { resolve, reject }
        timer = setTimeout(() => reject(new Error(`${this.name} did not answer in time`)), answerLimitMs)
      })
    } finally {
      clearTimeout(timer)
      this.#waiting = undefined
    }
  }

  /** Sends a line that has no answer. */
  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`)
  }

  /** Sends a line and waits for the answer. */
  ask(question: string): Promise<string> {
    this.tell(question)
    return this.line()
  }

  /** Ends its standard input, so that it exits; kills it when that takes too long. */
  async stop(): Promise<void> {
    this.#child.stdin?.end()
    const timer = setTimeout(() => this.kill('SIGKILL'), endLimitMs)
    await this.#ended
    clearTimeout(timer)
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }
}

/** Runs `use`, and ends the programs that it started, however it ends. */
export async function withPrograms<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use()
  } finally {
    await Promise.all([...running].map((program) => program.stop()))
  }
}

/** Kills every program and waits until all are gone. */
export async function endPrograms(): Promise<void> {
  const ending = [...running]
  for (const program of ending) program.kill('SIGTERM')
  await Promise.all(ending.map((program) => program.stop()))
}
