import type { UserSettings } from './user-settings'

type Instructions = Pick<UserSettings, 'instructionsOn' | 'aboutUser' | 'answerStyle'>

/** The two texts as one system instruction; nothing when they are switched off or empty. */
export function instructionsOf({
  instructionsOn,
  aboutUser,
  answerStyle,
}: Instructions): string | undefined {
  const parts = [
    section('What the user says about themselves:', aboutUser),
    section('How the user wants you to answer:', answerStyle),
  ].filter((part) => part !== undefined)
  return instructionsOn && parts.length > 0 ? parts.join('\n\n') : undefined
}

function section(title: string, text: string): string | undefined {
  const said = text.trim()
  return said ? `${title}\n${said}` : undefined
}
