import type { Notice } from '../shared/contract.ts'

/** Messages that a person must see, which stay until dismissed. */
export class Notices {
  #notices: Notice[] = []
  #next = 1

  constructor(private readonly announce: (notice: Notice) => void) {}

  get all(): readonly Notice[] {
    return this.#notices
  }

  add(level: Notice['level'], title: string, text: string): void {
    // A repeated problem is shown once.
    if (this.#notices.some((notice) => notice.title === title && notice.text === text)) return
    const notice: Notice = { id: this.#next, level, title, text }
    this.#next += 1
    this.#notices = [...this.#notices, notice]
    this.announce(notice)
  }

  dismiss(id: number): void {
    this.#notices = this.#notices.filter((notice) => notice.id !== id)
  }
}
