/** What an error page says when nothing can be relied on, not even its messages. The same stand nowhere else. */
export const errorTexts = {
  en: {
    title: 'Something went wrong',
    text: 'Your chats are safe. Try again; if it stays, reload the page.',
    tryAgain: 'Try again',
  },
  'zh-CN': {
    title: '出了点问题',
    text: '你的对话都还在。请再试一次；如果还是这样，请刷新页面。',
    tryAgain: '再试一次',
  },
} as const
