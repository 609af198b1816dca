/**
 * Waits for `waited` until `signal` aborts, whichever is first. For calls that do not always heed their signal, as
 * fetching a token does not.
 *
 * @throws the reason of the signal once it aborts.
 */
export async function orAborted<Value>(waited: PromiseLike<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([waited, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
