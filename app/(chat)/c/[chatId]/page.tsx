import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { BeginAtEnd, HideUntilEnd } from '@/components/chat/begin-at-end'
import { ChatStage } from '@/components/chat/chat-stage'
import { currentUser } from '@/server/auth/current-user'
import { loadChat } from '@/server/chat/load-chat'
import { services } from '@/server/services'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { idSchema } from '@/shared/chat/ids'

type ChatPageProps = { params: Promise<{ chatId: string }> }

export async function generateMetadata({ params }: ChatPageProps): Promise<Metadata> {
  const { chatId } = await params
  const chat = await ownChat(chatId)
  return chat?.title ? { title: chat.title } : {}
}

export default async function ChatPage({ params }: ChatPageProps) {
  const { chatId } = await params
  const [chat, { env }, headerList] = await Promise.all([ownChat(chatId), services(), headers()])
  if (!chat) notFound()
  const nonce = headerList.get('x-nonce')
  return (
    <>
      <HideUntilEnd nonce={nonce} />
      <ChatStage seed={chat} lengthMax={env.MESSAGE_LENGTH_MAX} />
      <BeginAtEnd nonce={nonce} />
    </>
  )
}

/** Once a request, for the title and the page. */
const ownChat = cache(async (chatId: string): Promise<ChatDetail | undefined> => {
  const user = await currentUser()
  if (!user || !idSchema.safeParse(chatId).success) return undefined
  return loadChat({ services: await services(), userId: user.userId, chatId })
})
