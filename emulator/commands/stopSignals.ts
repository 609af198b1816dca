/**
 * Resolves when the person at the terminal, or whoever runs this process, wants it to end. Listens from the call on,
 * so a command calls it before it starts anything. A second signal ends the process at once.
 */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
