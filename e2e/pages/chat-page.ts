import { expect, type Locator, type Page } from 'playwright/test'
import { fill, patternOf, type ToldLocale, type Words, wordsOf } from '../fixtures/words'

/** The chat as a person finds it, by what things are called. */
export class ChatPage {
  readonly page: Page
  readonly words: Words
  readonly composer: Locator
  readonly send: Locator
  readonly stop: Locator
  readonly log: Locator
  readonly answers: Locator
  readonly questions: Locator
  readonly chats: Locator
  /** What waits to be sent, a row each. */
  readonly queued: Locator

  constructor(page: Page, told: ToldLocale | Words = 'en') {
    const words = typeof told === 'string' ? wordsOf[told] : told
    this.page = page
    this.words = words
    this.composer = page.getByRole('textbox', { name: words.composer.label, exact: true })
    this.send = page.getByRole('button', { name: words.composer.send, exact: true })
    this.stop = page.getByRole('button', { name: words.composer.stop })
    this.log = page.getByRole('log', { name: words.chat.conversation })
    const isAnswer = page.getByRole('heading', {
      name: new RegExp(`${patternOf(words.chat.answered).source}|^${words.chat.answer}$`),
    })
    const isQuestion = page.getByRole('heading', { name: words.chat.youSaid })
    this.questions = this.log.getByRole('article').filter({ has: isQuestion })
    this.answers = this.log.getByRole('article').filter({ has: isAnswer })
    const queue = page.getByRole('region', { name: words.queue.label })
    this.queued = queue.getByRole('listitem')
    this.chats = page.getByRole('navigation', { name: words.sidebar.label })
  }

  get answer(): Locator {
    return this.answers.last()
  }

  async open(path = '/'): Promise<this> {
    await this.page.goto(path)
    await this.ready()
    return this
  }

  /** What is typed and clicked before this reaches nobody but the browser. */
  async ready(): Promise<void> {
    await this.composer.waitFor()
    await this.page.waitForFunction(() =>
      Object.keys(document.querySelector('textarea') ?? {}).some((key) =>
        key.startsWith('__react'),
      ),
    )
  }

  /** Types and sends; answers when the message stands in the conversation. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.composer.press('Enter')
    await expect(this.composer).toHaveValue('')
    await expect(this.log).toBeVisible()
  }

  async startNewChat(): Promise<void> {
    const { sidebar, welcome } = this.words
    await this.page.getByRole('link', { name: sidebar.newChat }).first().click()
    await expect(this.page.getByRole('heading', { name: welcome.greeting })).toBeVisible()
  }

  /** The id that the address names, once it does. */
  async chatId(): Promise<string> {
    await this.page.waitForURL(/\/c\/[\w-]+$/)
    return this.page.url().split('/').at(-1) ?? ''
  }

  async finished({ timeout = 10_000 } = {}): Promise<void> {
    const again = this.answer.getByRole('button', { name: this.words.chat.regenerate })
    await expect(again).toBeVisible({ timeout })
    await expect(this.send).toBeVisible({ timeout })
    // A short answer ends within a frame. Until the next one the answer before it is the last that is shown.
    await nextFrames(this.page)
    await expect(again).toBeVisible({ timeout })
  }

  /** How often a text stands in the conversation. */
  async count(text: string): Promise<number> {
    return (await this.log.innerText()).split(text).length - 1
  }

  chat(title: string | RegExp): Locator {
    return this.chats.getByRole('link', { name: title })
  }

  async chatMenu(title: string, item: string): Promise<void> {
    await this.chat(title).first().hover()
    const actions = fill(this.words.sidebar.actions, { title })
    await this.chats.getByRole('button', { name: actions }).first().click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  get settings(): Locator {
    const { title } = this.words.settingsDialog
    return this.page.getByRole('dialog', { name: title, exact: true })
  }

  async openSettings(part?: string): Promise<Locator> {
    await this.page.getByRole('button', { name: this.words.settings.open }).click()
    if (part) await this.settings.getByRole('tab', { name: part }).click()
    return this.settings
  }

  get modelPicker(): Locator {
    return this.page.getByRole('button', { name: patternOf(this.words.models.choose) })
  }

  async chooseModel(group: string, model: string): Promise<void> {
    await this.modelPicker.click()
    await this.page.getByRole('group', { name: group }).getByRole('option', { name: model }).click()
  }
}

/** Resolves when two more frames have been drawn: what was known before is then on the page. */
function nextFrames(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
      }),
  )
}
