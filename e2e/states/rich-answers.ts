import type { Locale } from '@/shared/i18n/locales'

const code = `\`\`\`ts
// How long a reader waits before the next try.
export function nextDelayMs(attempt: number, random: () => number): number {
  const ceilingMs = Math.min(250 * 2 ** attempt, 8_000)
  return random() * ceilingMs // full jitter: clients that were cut at once come back spread out over the whole of the time
}
\`\`\``

/** An answer with everything in it that Markdown can bring. */
export const richAnswers: Record<Locale, string> = {
  en: `## Where a river comes from

A river begins where **more water arrives** than the ground can hold. It is worth a second sentence, with \`inline code\`, *emphasis* and [a link](https://example.org/rivers), so that the measure can be judged.

1. Rain falls on the hills, and most of it is gone again before anybody could call it a river at all.
2. The rest seeps
   - through gravel
   - through clay
3. Springs join

- [x] measured
- [ ] understood

> A river is never the same twice, yet it keeps its name.

### In figures

| River | Length | Countries | Notes |
| --- | ---: | :---: | --- |
| Danube | 2,850 km | 10 | From the Black Forest to the Black Sea, through more countries than any other |
| Rhine | 1,230 km | 6 | The busiest |

${code}

Its flow is \\(Q = A \\cdot v\\), for $5 or $12.50 a cubic metre, and by Manning:

$$
v = \\frac{1}{n} R_h^{2/3} \\sqrt{S}
$$

---

![A map of the river](https://example.org/map.png)

And a last paragraph, which ends here.`,

  'zh-CN': `## 河从哪里来

当**到来的水**多于土地所能容纳的水时，河就开始了。这里再写一句，带上 \`inline code\`、*强调* 和[一个链接](https://example.org/rivers)，好看清行长与行距，也看看中文和 Latin 字母之间的间隔。

1. 雨落在山上，其中大部分在还称不上河之前就已经消失了，这一行要足够长，才能看出换行后的对齐。
2. 其余的慢慢渗下去
   - 穿过砾石
   - 穿过黏土
3. 泉水汇合

- [x] 已测量
- [ ] 已理解

> 人不能两次踏进同一条河，但河的名字不变。

### 数字

| 河流 | 长度 | 国家 | 备注 |
| --- | ---: | :---: | --- |
| 多瑙河 | 2,850 km | 10 | 从黑森林流到黑海，流经的国家比任何河流都多 |
| 莱茵河 | 1,230 km | 6 | 最繁忙 |

${code}

流量是 \\(Q = A \\cdot v\\)，每立方米 $5 或 $12.50，流速按曼宁公式：

$$
v = \\frac{1}{n} R_h^{2/3} \\sqrt{S}
$$

---

![河的地图](https://example.org/map.png)

最后一段，到这里结束。`,
}
