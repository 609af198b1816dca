import type { Dispatcher, Pool } from 'undici';

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * One request, with as little of the client's own work as undici allows: on a machine with two cores the client has one
 * of them, and a client that is slower than the server would be what is measured.
 */
export function exchange(pool: Pool, request: Dispatcher.DispatchOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let text = '';
    pool.dispatch(request, {
      onRequestStart: () => {},
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(_controller, chunk) {
        text += chunk.toString();
      },
      onResponseEnd: () => resolve({ status, text }),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}
