/** A problem the user can solve: its message says what is wrong and what to do, so no stack is shown. */
export class StartupError extends Error {}

/** Runs `main`; ends the process with a plain message and code 1 when it fails. */
export async function runScript(main) {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof StartupError ? `\n${error.message}\n` : error)
    process.exit(1)
  }
}
