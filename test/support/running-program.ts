import { type ChildProcess, spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A child process whose output is collected; it is killed when the test ends if it is still running. */
export class RunningProgram {
  readonly #child: ChildProcess
  readonly ended: Promise<Ended>
  #stdout = ''
  #stderr = ''
  readonly #watchers = new Set<() => void>()

  /** `environment` is added to that of this process; undefined takes a variable away. */
  constructor(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const env = { ...process.env, ...environment }
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env })
    this.#child = child
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text
      this.#look()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
      this.#look()
    })
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => {
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr })
        this.#look()
      })
    })
    onTestFinished(() => void child.kill('SIGKILL'))
  }

  get stdout(): string {
    return this.#stdout
  }

  /** Resolves with the match once standard output has it; rejects if the program ends first. */
  until(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#until(pattern, () => this.#stdout)
  }

  /** The same for standard error. */
  untilComplains(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#until(pattern, () => this.#stderr)
  }

  #until(pattern: RegExp, output: () => string): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output())
        if (match) resolve(match)
        else if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
          reject(new Error(`ended without ${pattern}: ${this.#stdout}${this.#stderr}`))
        } else return
        this.#watchers.delete(look)
      }
      this.#watchers.add(look)
      look()
    })
  }

  /** Writes the whole standard input. */
  feed(input: string | Uint8Array): void {
    this.#child.stdin?.end(input)
  }

  /** Writes a part of standard input, which stays open. */
  write(input: string | Uint8Array): void {
    this.#child.stdin?.write(input)
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Closes standard output, as `head` does when it has enough. */
  closeOutput(): void {
    this.#child.stdout?.destroy()
  }

  #look(): void {
    for (const watch of [...this.#watchers]) watch()
  }
}

export const runNode = (file: string, ...args: readonly string[]): RunningProgram =>
  new RunningProgram(process.execPath, [file, ...args])
