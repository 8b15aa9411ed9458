import 'server-only'
import type { DemoTexts } from './demo-script'

const connect = `**OpenAI.** Put a key into \`.env.local\` and start again:

\`\`\`sh
echo 'OPENAI_API_KEY=sk-…' >> .env.local
npm start
\`\`\`

**Any OpenAI-compatible server.** Give its address; add \`OPENAI_API_KEY\` if it wants one:

\`\`\`sh
echo 'OPENAI_BASE_URL=http://127.0.0.1:8080/v1' >> .env.local
npm start
\`\`\`

**A model on this machine.** With [Ollama](https://ollama.com) nothing needs to be configured:

\`\`\`sh
ollama pull qwen3
ollama serve
\`\`\`

Then look again in the model menu. LM Studio, llama.cpp, Jan, vLLM and Docker Model Runner are found the same way.`

const topics = `| Ask for | and you see |
| --- | --- |
| **markdown** | headings, lists, quotes, links |
| **code** | highlighted blocks with a copy button |
| **table** | a wide table that scrolls in its own box |
| **math** | formulas, and prices that stay prices |
| **a long text** | whether scrolling keeps its manners |
| **reasoning** | thoughts, folded away, with their seconds |
| **an error** | an answer that breaks off, and the ways out |
| **a slow answer** | what waiting looks like |`

export const demoTextsEn: DemoTexts = {
  overview: `Hello! Before anything else: **I am a script, not a model.** I understand nothing; I look for a few words in your message and play a prepared answer, at about the pace of a real one. I am here because no model is connected yet, and so that you can see how this app behaves.

## What I can show you

${topics}

Everything around the answer is real: it streams over a real connection, it is stored, and it survives. Reload the page in the middle of a sentence and watch.

## How to connect a real model

${connect}`,

  unknown: `I would gladly answer that, but **I am a script, not a model**: no model is connected, so all I have are prepared texts. These are the words I listen for:

${topics}

To get real answers, connect a model. It takes a minute:

${connect}`,

  markdown: `# A tour of Markdown

This answer is scripted; what it shows is how text is set here. A paragraph can hold *emphasis*, **strong words**, ~~second thoughts~~, \`inline code\` and [a link](https://commonmark.org), and it may run on for a few lines, so that you can judge the measure and the space between them.

## Lists

1. The first thing, and it is worth a second line, so that you see how the text hangs beside its number.
2. The second thing
   - with a detail below it
   - and another
     - and one that went a level deeper
3. The third thing

- [x] streamed
- [x] stored
- [ ] understood, for which you need a model

## A quotation

> A river is never the same twice, yet it keeps its name.
>
> So does a conversation.

## A little code

\`\`\`ts
export function greet(name: string): string {
  return \`Hello, \${name}!\`
}
\`\`\`

## A table

| Element | Written as | Worth it |
| --- | --- | :---: |
| Emphasis | \`*word*\` | yes |
| Table | with pipes | sometimes |
| Heading | \`## Words\` | if there are three |

---

Line breaks, rules and entities such as &copy; work too. HTML does not: <b>this stays as it was written</b>.`,

  code: `A debounced function waits until the calls have stopped, and then runs once, with the values of the last one. In TypeScript:

\`\`\`ts
/** Runs \`call\` once things have been quiet for \`quietMs\` milliseconds. */
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

Two things are easily forgotten. The timer has to be cleared when whoever asked goes away, hence \`cancel\`; and the values of all calls but the last are lost, so it suits a search box and not a payment. The same idea in Python, on an event loop:

\`\`\`python
import asyncio
from collections.abc import Callable


class Debouncer:
    """Runs a call once things have been quiet for a while."""

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

And a command with a line too long for the column, so that you can see the block scroll and not the page:

\`\`\`sh
curl --no-buffer --header 'accept: text/event-stream' --header 'last-event-id: k3x9f2.17' http://localhost:3000/api/chat/0190f3a2/stream
\`\`\`

This answer is scripted. Try the copy button in the corner of a block.`,

  table: `A table of rivers, from the prepared texts of this demo. Lengths depend on whom you ask, so take them as round figures:

| River | Continent | Length (km) | Ends in | Countries it crosses or borders |
| --- | --- | ---: | --- | --- |
| Nile | Africa | 6,650 | Mediterranean Sea | eleven share its basin, among them Uganda, Ethiopia, Sudan and Egypt |
| Amazon | South America | 6,400 | Atlantic Ocean | Peru, Colombia, Brazil |
| Yangtze | Asia | 6,300 | East China Sea | China |
| Mississippi–Missouri | North America | 6,275 | Gulf of Mexico | United States; its basin reaches into Canada |
| Yenisei | Asia | 5,539 | Kara Sea | Mongolia, Russia |
| Danube | Europe | 2,850 | Black Sea | ten, more than any other river |
| Murray | Australia | 2,508 | Southern Ocean | Australia |

Figures stand to the right so that their digits line up, and a table wider than the column scrolls in its own box.`,

  math: `Some formulas, and some prices that must not become one. This answer is scripted.

The quadratic equation $$ax^2 + bx + c = 0$$ has the solutions

$$
x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
$$

The bell curve of the normal distribution, with its mean $$\\mu$$ and its standard deviation $$\\sigma$$, is

$$
f(x) = \\frac{1}{\\sigma\\sqrt{2\\pi}} \\, e^{-\\frac{(x-\\mu)^2}{2\\sigma^2}}
$$

The area under such a curve is finite, although the curve never ends:

$$
\\int_{-\\infty}^{\\infty} e^{-x^2} \\, dx = \\sqrt{\\pi}
$$

A matrix turns the plane by the angle $$\\theta$$:

$$
R(\\theta) = \\begin{pmatrix} \\cos\\theta & -\\sin\\theta \\\\ \\sin\\theta & \\cos\\theta \\end{pmatrix}
$$

And now money: a coffee is $5, a book $12.50, both together $17.50. If those prices still look like prices, all is well.`,

  reasoning: {
    thoughts: `The question: two doors, which one to open? As it stands, nothing tells them apart, so there is nothing to work with. Unless this is the old quiz show. Let me go through that.

There were three doors, one with a prize behind it. I chose one, say A. The host, who knows where the prize is, opened another one without a prize, say C. Two are left, A and B. Stay or switch?

The first thought is that it makes no difference: two doors, so one half each. But the host did not open his door at random. He would never open mine, and never the one with the prize.

Go through the cases. The prize is behind A in one case of three; then switching loses. It is behind B or C in the other two; then the host had only one door he could open, and the one he left closed has the prize; switching wins.

So A keeps its one third, and the whole of the remaining two thirds lies on B. Check with a hundred doors: I choose one, he opens ninety-eight empty ones. Would I still believe mine to be as good as the other? Clearly not.

Both readings deserve an answer, the short one first.`,
    answer: `If you know nothing about the two doors, **either**: they are equally good.

If a quiz master has just opened a third one, **switch**. Your first choice was right in one case of three, and by opening an empty door he has not changed that. So the other door wins in two of three:

| The prize is behind | He opens | Staying | Switching |
| --- | --- | :---: | :---: |
| your door | one of the others | wins | loses |
| the second | the third | loses | wins |
| the third | the second | loses | wins |

The thoughts above this answer came as a reasoning part of the stream, as they do from models that think first. They are folded away, and the time they took is shown. These were written beforehand, like everything I say: I am a script.`,
  },

  failure: {
    before: `This answer is going to break off, on purpose. A real provider does this now and then: it sends a few words, then its server has a bad moment, and the stream ends with an error instead of a`,
    message:
      'Scripted failure: the demo breaks off here on purpose, as a provider does with status 500.',
    after: ` full stop. What was written so far has been kept, and here is the rest of it.`,
  },

  slow: `Thank you for waiting. Six seconds passed before this first word, as they may with a large model, a long prompt or a busy server. In the meantime the page should have told you that something is under way, and the button in the composer should have offered to stop it.

This answer is scripted. Nobody was thinking.`,
}
