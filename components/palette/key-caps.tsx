/** Keys as they are printed on the keyboard. */
export function KeyCaps({ keys }: { keys: readonly string[] }) {
  return (
    <kbd className="inline-flex shrink-0 gap-1 font-sans text-xs text-soft">
      {keys.map((key) => (
        <kbd
          key={key}
          className="min-w-5 rounded-[5px] border border-hairline bg-paper px-1 text-center font-sans leading-[1.25rem]"
        >
          {key}
        </kbd>
      ))}
    </kbd>
  )
}
