import 'server-only'
import type { DemoTexts } from './demo-script'

const connect = `**OpenAI。** 把密钥写进 \`.env.local\`，然后重新启动：

\`\`\`sh
echo 'OPENAI_API_KEY=sk-…' >> .env.local
npm start
\`\`\`

**任何兼容 OpenAI 接口的服务。** 填上它的地址；如果它需要密钥，再加一行 \`OPENAI_API_KEY\`：

\`\`\`sh
echo 'OPENAI_BASE_URL=http://127.0.0.1:8080/v1' >> .env.local
npm start
\`\`\`

**本机上的模型。** 用 [Ollama](https://ollama.com) 的话什么都不用配置：

\`\`\`sh
ollama pull qwen3
ollama serve
\`\`\`

然后在模型菜单里重新查找一次。LM Studio、llama.cpp、Jan、vLLM 和 Docker Model Runner 也会这样被自动发现。`

const topics = `| 消息里提到 | 你会看到 |
| --- | --- |
| **格式** | 标题、列表、引用、链接 |
| **代码** | 带高亮和复制按钮的代码块 |
| **表格** | 一张在自己框里横向滚动的宽表 |
| **公式** | 数学公式，以及不会被当成公式的价格 |
| **长文** | 长回答滚动起来是否顺手 |
| **推理** | 折叠起来的思考过程和所用的秒数 |
| **出错** | 中途断掉的回答，以及接下来怎么办 |
| **慢** | 等待时的样子 |`

export const demoTextsZh: DemoTexts = {
  overview: `你好！先说清楚一件事：**我是一段脚本，不是模型。** 我什么也不懂，只会在你的消息里找几个词，然后按真实模型的速度播放一段事先写好的回答。现在还没有接入模型，所以由我来演示这个应用是怎么工作的。

## 我能演示什么

${topics}

除了回答的内容，其余都是真的：回答经由真实的连接逐字传来，保存在数据库里，不会丢失。你可以在一句话说到一半时刷新页面试试。

## 怎样接入真正的模型

${connect}`,

  unknown: `这个问题我答不了：**我是一段脚本，不是模型**。现在还没有接入模型，我手里只有几段写好的文字。提到下面这些词，我就会演示相应的内容：

${topics}

想要真正的回答，请接入一个模型，只要一分钟：

${connect}`,

  markdown: `# Markdown 一览

这段回答是写好的脚本，用来展示文字在这里是怎样排版的。一个段落里可以有*强调*、**重点**、~~改了主意的话~~、\`行内代码\`和[链接](https://commonmark.org)，也可以多写几行，好让你看看行宽和行距是否舒服，中文与 English 混排时间距是否得当。

## 列表

1. 第一件事，多写几个字让它折到第二行，看看文字是不是和上一行对齐，而不是跑到编号下面去。
2. 第二件事
   - 下面有一条细节
   - 还有一条
     - 以及更深一层的一条
3. 第三件事

- [x] 流式传输
- [x] 已保存
- [ ] 已理解（这一项得有模型才行）

## 引用

> 逝者如斯夫，不舍昼夜。
>
> 对话也是这样，一句接着一句。

## 一小段代码

\`\`\`ts
export function greet(name: string): string {
  return \`你好，\${name}！\`
}
\`\`\`

## 表格

| 元素 | 写法 | 是否常用 |
| --- | --- | :---: |
| 强调 | \`*文字*\` | 常用 |
| 表格 | 用竖线分隔 | 偶尔 |
| 标题 | \`## 文字\` | 内容多时 |

---

分隔线、换行和 &copy; 这样的实体也都支持。HTML 则不会生效：<b>这里原样显示</b>。`,

  code: `所谓防抖，就是等调用停下来之后再执行一次，用的是最后一次的参数。TypeScript 写法如下：

\`\`\`ts
/** 安静满 quietMs 毫秒之后，才调用一次 call。 */
export function debounce<Arguments extends unknown[]>(
  call: (...values: Arguments) => void,
  quietMs: number,
) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const debounced = (...values: Arguments) => {
    clearTimeout(timer)
    timer = setTimeout(() => call(...values), quietMs)
  }
  debounced.cancel = () => clearTimeout(timer)
  return debounced
}
\`\`\`

有两点容易忽略：发起调用的一方消失时，定时器要清掉，所以留了 \`cancel\`；除了最后一次，其余调用的参数都会丢掉，所以它适合搜索框，不适合付款按钮。同样的思路放到 Python 的事件循环里：

\`\`\`python
import asyncio
from collections.abc import Callable


class Debouncer:
    """安静一段时间之后才执行一次。"""

    def __init__(self, call: Callable[[], None], quiet_seconds: float) -> None:
        self._call = call
        self._quiet_seconds = quiet_seconds
        self._timer: asyncio.TimerHandle | None = None

    def __call__(self) -> None:
        self.cancel()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._quiet_seconds, self._call)

    def cancel(self) -> None:
        if self._timer:
            self._timer.cancel()
\`\`\`

最后是一条比版面还宽的命令，可以看到滚动的是代码块，而不是整个页面：

\`\`\`sh
curl --no-buffer --header 'accept: text/event-stream' --header 'last-event-id: k3x9f2.17' http://localhost:3000/api/chat/0190f3a2/stream
\`\`\`

这段回答是写好的脚本。可以点代码块角上的复制按钮试试。`,

  table: `这是演示里准备好的一张河流表。河长的说法各家不一，这里取整数，仅供参考：

| 河流 | 所在洲 | 长度（公里） | 注入 | 流经或接壤的国家 |
| --- | --- | ---: | --- | --- |
| 尼罗河 | 非洲 | 6,650 | 地中海 | 流域涉及十一国，包括乌干达、埃塞俄比亚、苏丹和埃及 |
| 亚马孙河 | 南美洲 | 6,400 | 大西洋 | 秘鲁、哥伦比亚、巴西 |
| 长江 | 亚洲 | 6,300 | 东海 | 中国 |
| 密西西比河—密苏里河 | 北美洲 | 6,275 | 墨西哥湾 | 美国，流域延伸至加拿大 |
| 叶尼塞河 | 亚洲 | 5,539 | 喀拉海 | 蒙古、俄罗斯 |
| 多瑙河 | 欧洲 | 2,850 | 黑海 | 十国，为世界之最 |
| 墨累河 | 大洋洲 | 2,508 | 南大洋 | 澳大利亚 |

数字靠右对齐，便于逐位比较；表格比版面宽时，只在自己的框里横向滚动。`,

  math: `几个公式，再加几个不该变成公式的价格。这段回答是写好的脚本。

一元二次方程 $$ax^2 + bx + c = 0$$ 的解是

$$
x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
$$

均值为 $$\\mu$$、标准差为 $$\\sigma$$ 的正态分布，密度函数是

$$
f(x) = \\frac{1}{\\sigma\\sqrt{2\\pi}} \\, e^{-\\frac{(x-\\mu)^2}{2\\sigma^2}}
$$

这样的钟形曲线没有尽头，曲线下的面积却是有限的：

$$
\\int_{-\\infty}^{\\infty} e^{-x^2} \\, dx = \\sqrt{\\pi}
$$

把平面旋转 $$\\theta$$ 角的矩阵是

$$
R(\\theta) = \\begin{pmatrix} \\cos\\theta & -\\sin\\theta \\\\ \\sin\\theta & \\cos\\theta \\end{pmatrix}
$$

再来说钱：一杯咖啡 $5，一本书 $12.50，合计 $17.50。如果这几个价格看起来还是价格，那就对了。`,

  reasoning: {
    thoughts: `问题是：两扇门，该开哪一扇？光看这句话，两扇门没有任何区别，也就无从推起。除非说的是那个有名的电视游戏，按那个情形想一遍。

原来有三扇门，其中一扇后面有奖品。我先选了一扇，比如 A。主持人知道奖品在哪儿，他打开了另一扇没有奖品的门，比如 C。现在剩下 A 和 B，是坚持还是换？

第一反应是换不换都一样，两扇门各占一半。可是主持人开门并不是随便开的：他不会开我选的那扇，也不会开有奖品的那扇。

分情况看。奖品在 A 的可能是三分之一，这时换了就输。奖品在 B 或 C 的可能是三分之二，这时主持人能开的门只有一扇，他留着没开的那扇后面正是奖品，换了就赢。

所以 A 仍然只有三分之一，剩下的三分之二全落在另一扇上。换成一百扇门再想想：我选一扇，他打开九十八扇空的，我还会觉得自己那扇和剩下的那扇机会一样吗？显然不会。

两种理解都应该回答，先说简单的。`,
    answer: `如果对两扇门一无所知，**开哪一扇都行**，机会均等。

如果刚才有位主持人打开了第三扇，那就**换一扇**。你最初选中的可能只有三分之一，他打开一扇空门并没有改变这一点，所以换了之后，三次里有两次会赢：

| 奖品在 | 主持人打开 | 坚持 | 换门 |
| --- | --- | :---: | :---: |
| 你选的门 | 另外两扇之一 | 赢 | 输 |
| 第二扇 | 第三扇 | 输 | 赢 |
| 第三扇 | 第二扇 | 输 | 赢 |

回答上方的思考过程是作为推理内容单独传来的，会先思考再作答的模型都是如此。它平时折叠着，并标出用了多少秒。不过这段思考也是事先写好的，和我说的其他话一样：我只是一段脚本。`,
  },

  failure: {
    before: `这段回答会故意中断。真实的模型服务偶尔也会这样：先送来几个字，接着服务器出了状况，流就以一个错误收场，话才说到一`,
    message: '演示脚本在这里故意中断，就像模型服务返回 500 那样。',
    after: `半。前面已经写出来的内容都还在，这里是剩下的部分。`,
  },

  slow: `久等了。第一个字出来之前过了六秒：模型大、提示长或者服务繁忙时，都可能这样。等待期间，页面应当告诉你回答正在路上，输入框旁的按钮也应当可以随时停止它。

这段回答是写好的脚本，刚才并没有谁在思考。`,
}
