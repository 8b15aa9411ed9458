import 'server-only'

/** A few thousand words, to see how a long answer scrolls, folds and resumes. */
export const demoLongTextEn = `# How an answer reaches you

*A long text, prepared for this demo. Nobody expects you to read all of it; scroll up while it is still being written, and see whether the page leaves you where you are.*

## 1. The first second

You press Enter, and for a moment nothing seems to happen. In truth a good deal is going on. The page has drawn your message at once, without asking anybody, because it is yours and cannot turn out to be wrong. It has given the message an identifier of its own making, and put it into a request together with the name of the conversation and the name of a model. Neither an address nor a key is among these things. The browser does not know where the models live, and it has no reason to.

The server reads the request with suspicion. It checks who is asking, whether the conversation belongs to that person, whether the text is empty or too long, whether the model is one it knows. Only then does it write your message down. The writing comes before the asking, for a plain reason: if the power fails in the next second, the message is there when it comes back. People forgive a lost answer more easily than a lost question, because the question was their own work.

And then comes the part that every chat application must get right, and that many get wrong. The server does not simply pass your request on to the model and the model's words back to you, like a pipe. It starts something that has a life of its own.

## 2. A run belongs to nobody

Let us call that something a run: one attempt to produce one answer. The temptation is great to tie it to the request that began it. It would be so convenient. The request comes in, the answer goes out, and when the connection closes, everything can be thrown away.

But connections close for all sorts of reasons that have nothing to do with what a person wants. A train enters a tunnel. A laptop is shut, and opened again in another room. A phone decides that a page in the background has had enough attention. Somebody presses reload because a picture has not loaded. In none of these cases did anyone say: stop thinking about my question. Yet a pipe that loses its far end can only do one thing, which is to spill.

So the run is told to mind its own business. It collects the model's words in a list, and whoever is interested may read from that list. If nobody is, it goes on collecting. Only a few things end it: the model is finished, or somebody pressed stop, or the model fell silent for too long, or the server itself is going down. The absence of listeners is not among them.

This has a price. An answer that nobody will ever read costs as much as one that somebody waits for. The designers of pipes will point this out. It is true, and it is worth it: the cost of an unread answer is a fraction of a cent, while the cost of an answer that vanished halfway is a person who does not trust the thing any more.

## 3. The list

The list deserves a closer look, because nearly everything else follows from it. Each entry has a number. The first is one, the next is two, and there are no gaps. That is all. It sounds like nothing, and it is the reason why the rest can be simple.

Suppose that your connection breaks after entry 417. When the page comes back, it says: I have 417, what is next? And the server begins to read to it at 418. There is no question of what was lost, no comparing of texts, no guessing. Suppose that two pages show the same conversation, one on the desk and one on the telephone. Each is at its own place in the list, and neither knows about the other. Suppose that somebody opens the conversation when the answer is half done: the page begins at one, catches up in the blink of an eye, and then goes along at the pace of the model.

The catching up and the going along must be one and the same act. It is here that many systems have a crack. They read what is stored, and then they begin to listen; and whatever arrives between the two falls into the crack. One can narrow such a crack, by listening first and reading afterwards, and dropping what comes twice; but the better cure is not to have two acts at all. A reader is nothing but a position in the list. If there is something after that position, it gets it. If there is not, it waits until there is. Old and new are the same thing, seen from different distances.

## 4. The wire

From the list the words go onto the wire. There are several ways to send words from a server to a browser as they come into being, and the plainest of them has aged best. The server answers the request, but does not finish the answer. It writes a line, and another, and keeps the door open. Each line that matters begins with a word that says what it is; an empty line says that a message is complete. A person can read it with the naked eye, which is a great virtue in a format at three in the morning.

There are old proxies on the way that like to collect a decent amount before they pass anything on. There are servers that wish to compress everything, which means that they, too, must collect. For a picture this is sensible. For a sentence on its way to an impatient person it is the worst one can do, since the words then arrive in lumps: nothing, nothing, nothing, a paragraph. So the answer carries small notes for everyone along the way: do not store this, do not transform it, do not buffer it. And because a connection on which nothing moves looks dead to a machine, a comment is sent whenever the model has been quiet for a while. It says nothing at all. It merely shows that somebody is there.

At the end stands a mark that says: this was the end. One might think it superfluous, since the closing of the connection says the same. It does not. A connection closes when the answer is complete, and it closes when a cable is pulled. Whoever takes the one for the other shows a cut answer as a whole one, and that is a lie, although nobody intended it. Silence is not success. Without the mark, the page knows that something is missing, and asks for it.

## 5. The page

In the browser, the words must become something that is pleasant to read, and they must do so many times a second without the page stumbling over its own feet. The naive way is to take all the text that has come so far, turn it into formatted paragraphs, and draw these. It works, in a demonstration. The trouble is that the work grows with the text: each new word makes the page do again what it did for all the words before. By the end of a long answer it is doing thousands of times what would have sufficed once, the fan begins to turn, and typing into the box below feels like typing into honey.

The better way is to notice that nearly all of the text is finished. When a paragraph has ended, nothing that follows will change it. (Nearly nothing. There are a few dark corners in Markdown, where a line at the very end can reach back to the beginning; one has to know them.) So the finished parts are drawn once and left alone, and only the last one, the one that is still growing, is drawn anew. The work per word becomes small and stays small, whether the answer is a line or a book.

The second rule is not to draw more often than the screen can show. Words may arrive two hundred times a second; the screen is renewed sixty times. What came between two pictures is drawn in the next one. It costs the eye nothing, and it leaves the machine time to breathe.

The third rule concerns the eye itself. Nothing that has been drawn may jump. If a block of code turns colourful a moment after it appeared, it must not become taller by doing so. If a table grows by a row, the rows above must stay where they are. And when the answer is complete, the page must look exactly as it did the moment before, only that nothing moves any more. A reader should not be able to tell at which moment an answer ended, except that it did.

## 6. Scrolling, or good manners

There is hardly anything so small over which so many applications have stumbled as the question of what to do with the scroll bar. While you are at the bottom, the page ought to follow the text, so that you always see the latest words. As soon as you scroll up, it ought to leave you alone. That is the entire specification, and one could print it on a matchbox.

The difficulty is in finding out what "as soon as you scroll up" means. A page knows where it stands, but not why. It stands a little above the bottom: did the person move, or did the text grow? If one guesses from positions alone, one will now and then be wrong, and to be wrong here means to snatch the page from under somebody's eyes in the middle of a sentence. There are few quicker ways to be hated. It is better to attend to intentions: a turn of the wheel, a finger on the glass, the key with the arrow. Whoever does any of these upwards has said clearly enough what he wants, and from then on a small button offers the way back, and does not insist.

You may test this now, since this text is still being written, or was so a moment ago. Scroll up to the first heading. If the page lets you read there in peace while the words go on far below, it has manners.

## 7. Things that go wrong

A model is a program on somebody else's computer, and other people's computers have bad days. It may be too busy, and say so. It may be so busy that it does not even say so. It may know you, but not accept your key; or accept your key, but find that its account is empty. It may begin to speak and then fall silent in the middle of a word, politely closing the connection as if all were well. It may send a line that is not what it should be. It may think so long that nobody can tell whether it is thinking or dead.

Each of these needs an answer of its own. If the machine is busy, one waits and tries again, provided that not a single word has come yet; for after the first word, trying again would mean saying things twice. If the key is wrong, trying again is useless, and the only help is to say which key and where it is set. If the conversation has become too long for the model, one must say that too, and not hide behind a number. And whatever the reason is, what has been said so far is kept. It is astonishing how many programs throw away nine paragraphs because the tenth one failed.

The message about the failure belongs where the failure is: at the end of the broken answer, and not in a corner of the screen, from which it slides away after four seconds. It says what happened, in words that a person would use. And it offers a way on: to try again, or to continue from where the answer broke off.

## 8. Stopping

The button that stops an answer looks like the simplest thing in the world. It is a promise: I press, and it is over. But what is over? On many pages, only the drawing is. The page stops listening, and the model, not having been told, talks on in an empty room, and somebody pays for every word.

To keep the promise, the wish must travel all the way. The page tells the server, by the name of the run, so that a slow message cannot hit the wrong one. The server tells the run. The run hangs up on the model. Then the end goes back along the same way into the list, as an entry like any other, so that every page that was reading learns of it: this answer has been stopped. And the words that had come by then are kept, as ever.

There is a race in this that deserves a sentence. What if the answer ends by itself in the very moment when you press stop? Then whichever came first is the truth, and the other is ignored. It does not matter which one it is. It only matters that everybody agrees.

## 9. Sending twice

A button can be pressed twice, by a nervous finger or by a mouse that has grown old. A message can be sent, and received, and the confirmation lost, so that an honest program sends it again. In a careless system, two questions are now in the conversation, and two answers come, and two bills.

This is why your message received its name before it left your machine. When a message of the same name arrives a second time, the server does not begin anything new. It leads the second request to the same list as the first one, and both read the same answer. The person in front of it will never know that there was a moment of doubt. That is how it should be. The best that can be said of many things in this trade is that nobody ever noticed them.

## 10. Memory

Everything that has been said is written down, and not only at the end. While an answer grows, it is saved every little while, so that a sudden death costs a second's worth of words at most. What was saved in this way is marked as unfinished. When the server starts again and finds such an answer, with nobody writing it any more, it does not pretend. It says: this one was interrupted. You may continue it, or ask again.

The store is a single file in a folder. You can copy it, take it away, or delete it, and nobody has to be asked. There are larger stores for larger houses, but a person who only wants to talk to a model on an evening should not have to set up a database first. Software that asks for much before it gives anything has its priorities the wrong way round.

## 11. What you do not see

Much of the work in such a program goes into what never happens. A picture in an answer whose address carries your words to a stranger: it is not loaded until you have asked for it. A link that pretends to lead somewhere else: it shows where it leads. A line of code hidden in the name of a file, hoping to be carried out: it is text, and remains text. A page on another site that would like to speak in your name: it is turned away. A key that a provider, in the heat of an error message, repeats aloud: it is struck out before anybody can read it.

None of this can be seen in a demonstration, unless it is missing. It is like the brakes of a car, about which one speaks with one's friends only once.

## 12. The end

This text has now gone on for quite some time. It has been sent in several thousand small pieces, each one numbered. If you reloaded the page on the way, the pieces that you had were not sent for nothing, and those that you had missed were waiting. If you closed the page and came back, you will have found it here. If you did nothing at all, it will have scrolled by quietly, and then it came to rest.

It was written beforehand, by people, for this demonstration. A real model will have more interesting things to tell you. To meet one, put a key into \`.env.local\`, or start a model on your own machine; everything described above will be just the same, except that from then on somebody is listening.`
