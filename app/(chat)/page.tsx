import { ChatStage } from '@/components/chat/chat-stage'
import { currentUser } from '@/server/auth/current-user'
import { services } from '@/server/services'
import { isId } from '@/shared/chat/is-id'
import type { Preset } from '@/shared/presets/preset'

type NewChatPageProps = { searchParams: Promise<{ preset?: string | string[] }> }

export default async function NewChatPage({ searchParams }: NewChatPageProps) {
  const [{ env }, { preset: id }] = await Promise.all([services(), searchParams])
  return <ChatStage lengthMax={env.MESSAGE_LENGTH_MAX} preset={await ownPreset(id)} />
}

async function ownPreset(id: string | string[] | undefined): Promise<Preset | undefined> {
  const user = typeof id === 'string' && isId(id) ? await currentUser() : undefined
  if (!user || typeof id !== 'string') return undefined
  return (await services()).db.presets.get({ userId: user.userId, id })
}
