import { expect, test } from 'vitest'
import { inlinesToHtml } from '../testing/inline-to-html'
import { noReferences } from '../testing/inline-samples'
import { parseInline } from './parse-inline'

test.each([
  ['**中文：**后文', '<strong>中文：</strong>后文'],
  ['**“引号”**后', '<strong>“引号”</strong>后'],
  ['前**“引号”**后', '前<strong>“引号”</strong>后'],
  ['*强调。*后', '<em>强调。</em>后'],
  ['前**（括号）**后', '前<strong>（括号）</strong>后'],
  ['中文**`代码`**中文', '中文<strong><code>代码</code></strong>中文'],
  ['中文**[链接](/a)**中文', '中文<strong><a href="/a">链接</a></strong>中文'],
  ['~~删除。~~后', '<del>删除。</del>后'],
  ['**第一。****第二。**', '<strong>第一。****第二。</strong>'],
  ['これは**「重要」**です。', 'これは<strong>「重要」</strong>です。'],
  ['**わ〜い！強調！**問題なし', '<strong>わ〜い！強調！</strong>問題なし'],
  ['**マークダウン(Markdown)**は', '<strong>マークダウン(Markdown)</strong>は'],
  ['**이것은(괄호)**입니다', '<strong>이것은(괄호)</strong>입니다'],
  ['**한국어.**그리고', '<strong>한국어.</strong>그리고'],
  ['**禰󠄀(ね)**豆子', '<strong>禰󠄀(ね)</strong>豆子'],
  ['**葛󠄀**(かつ)', '<strong>葛󠄀</strong>(かつ)'],
  ['**‘︁中’︁**文', '<strong>‘︁中’︁</strong>文'],
  ['𠮷**(𠮷)**𠮷', '𠮷<strong>(𠮷)</strong>𠮷'],
  ['a**"b"**c', 'a**&quot;b&quot;**c'],
  ['word**(x)**word', 'word**(x)**word'],
  ['😀**(x)** a', '😀<strong>(x)</strong> a'],
  ['中_文_字', '中_文_字'],
])('%s', (text, html) => {
  expect(inlinesToHtml(parseInline(text, { references: noReferences, open: false }))).toBe(html)
})
