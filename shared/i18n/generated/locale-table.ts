// Written by scripts/write-locales.mjs from the languages in shared/i18n/.
export const localeTable = {
  "en": {"name":"English","direction":"ltr","errorPage":{"title":"Something went wrong","text":"Your chats are safe. Try again; if it stays, reload the page.","tryAgain":"Try again"}},
  "zh-CN": {"name":"简体中文","direction":"ltr","errorPage":{"title":"出了点问题","text":"你的对话都还在。请再试一次；如果还是这样，请刷新页面。","tryAgain":"再试一次"}},
} as const
