import { ChatStage } from '@/components/chat/chat-stage'
import { services } from '@/server/services'

export default async function NewChatPage() {
  const { env } = await services()
  return <ChatStage lengthMax={env.MESSAGE_LENGTH_MAX} />
}
