import type { Notice } from '../shared/contract/index.ts'

/** What a notice says. */
export type NoticeWords = Omit<Notice, 'id'>

/** Messages that a person must see, which stay until dismissed. */
export class Notices {
  #notices: Notice[] = []
  #next = 1

  constructor(private readonly announce: (notice: Notice) => void) {}

  get all(): readonly Notice[] {
    return this.#notices
  }

  add(level: Notice['level'], title: string, text: string): void {
    this.replace(null, { level, title, text })
  }

  /**
   * Puts a notice in the place of an earlier one about the same thing; null for none. Returns its id. A new one that
   * says the same as another that is there is not shown again.
   */
  replace(earlier: number | null, { level, title, text }: NoticeWords): number {
    const replaced = this.#notices.find(({ id }) => id === earlier)
    const same = this.#notices.find((notice) => notice.title === title && notice.text === text)
    // A repeated problem is shown once. But an earlier notice must not stay when it is no longer true.
    if (same && (same === replaced || !replaced)) return same.id
    const notice: Notice = { id: replaced?.id ?? this.#next, level, title, text }
    if (replaced) {
      this.#notices = this.#notices.map((each) => (each === replaced ? notice : each))
    } else {
      this.#next += 1
      this.#notices = [...this.#notices, notice]
    }
    this.announce(notice)
    return notice.id
  }

  dismiss(id: number): void {
    this.#notices = this.#notices.filter((notice) => notice.id !== id)
  }
}
