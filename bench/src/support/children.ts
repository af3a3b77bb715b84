import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Command } from './placement.ts'

/** How long a program may take for one answer: the longest round takes a few seconds, providing Electron a minute or two. */
const answerLimitMs = 300_000
/** What a program has to end by itself, once its standard input has ended. */
const endLimitMs = 10_000
/** Characters of what a program says on standard error. */
const keptErrors = 1000

const running = new Set<Program>()

/** A child process that answers each line it is given with one line, and ends when its standard input does. */
export class Program {
  readonly #child: ChildProcess
  readonly #ended: Promise<void>
  readonly #lines: string[] = []
  #waiting: { resolve(line: string): void; reject(error: Error): void } | undefined
  #end: string | undefined

  constructor(
    private readonly name: string,
    { command, args }: Command,
    /** `told`: what it says on standard error is shown only as the reason of its failure. */
    errors: 'shown' | 'told' = 'shown',
  ) {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', errors === 'shown' ? 'inherit' : 'pipe'] })
    this.#child = child
    let complaint = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(-keptErrors)
    })
    running.add(this)
    // A program that has gone is told of by its end, not by the pipe to it.
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
      // The lines it wrote last may still be on their way at its exit.
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

  /** Gives it a line and waits for the one that it answers. */
  ask(question: string): Promise<string> {
    this.#child.stdin?.write(`${question}\n`)
    return this.line()
  }

  /** Ends its standard input, which ends it; kills it when that takes too long. */
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

/** Runs `use` with programs that end with it, however it ends. */
export async function withPrograms<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use()
  } finally {
    await Promise.all([...running].map((program) => program.stop()))
  }
}

/** Ends every program in the midst of what it does, and waits until they have gone. */
export async function endPrograms(): Promise<void> {
  const ending = [...running]
  for (const program of ending) program.kill('SIGTERM')
  await Promise.all(ending.map((program) => program.stop()))
}
