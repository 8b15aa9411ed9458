import { notFound } from 'next/navigation'
import { SetupNeeded } from '@/components/shell/setup-needed'
import { readSetup } from '@/server/deployment'

/** What every page becomes where settings are missing; see proxy.ts. */
export default function SetupPage() {
  const { ready, missing, mistakes } = readSetup()
  if (ready) notFound()
  return (
    <div className="flex h-dvh flex-col">
      <SetupNeeded missing={missing} mistakes={mistakes} />
    </div>
  )
}
