const length = 8

/** Microseconds of the machine's monotonic clock, which all processes share. */
export function nowMicroseconds(): number {
  return Number(process.hrtime.bigint() / 1000n)
}

/** A token that says when it was written. All are equally long, so that text can be cut into them again. */
export function timedToken(writtenAt: number): string {
  return ` ${writtenAt
    .toString(36)
    .padStart(length - 1, '0')
    .slice(1 - length)}`
}

/** When the tokens of a piece of text were written; a server may have joined several. */
export function timesOf(text: string): number[] {
  const times: number[] = []
  for (let start = 0; start < text.length; start += length)
    times.push(Number.parseInt(text.slice(start + 1, start + length), 36))
  return times
}
