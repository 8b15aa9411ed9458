import { OfflineApp } from '@/components/offline/offline-app'
import { services } from '@/server/services'

/** What a device keeps to show in the place of any page without a network. It has nothing of any user in it. */
export default async function OfflinePage() {
  const { env } = await services()
  return <OfflineApp lengthMax={env.MESSAGE_LENGTH_MAX} />
}
