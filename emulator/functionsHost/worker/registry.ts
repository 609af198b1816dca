/**
 * The functions an app registers. Registration is open until `lock`, as in Microsoft's worker, which also refuses a
 * second function of the same name; the library itself does neither.
 */
import { Disposable } from './disposable.ts';
import { type FunctionCallback, functionMetadata, type RegisteredFunction } from './rpc.ts';

/** The host's own rule for names. */
const FUNCTION_NAME = /^[A-Za-z][\w-]{0,127}$/;

export interface Registry {
  /** Throws for what cannot be a function, for a name that is taken, and after `lock`. */
  register(given: unknown, callback: FunctionCallback): Disposable;
  functions(): readonly RegisteredFunction[];
  /** From now on registering a function is an error. */
  lock(): void;
}

export function createRegistry(): Registry {
  const registered = new Map<string, RegisteredFunction>();
  let isLocked = false;

  function checkName(name: string): void {
    if (!FUNCTION_NAME.test(name)) {
      throw new Error(`"${name}" is no function name: a letter, then up to 127 letters, digits, "_" or "-".`);
    }
    if (registered.has(name)) throw new Error(`A function named "${name}" has already been registered.`);
  }

  return {
    register(given, callback) {
      if (isLocked) throw new Error('A function can only be registered during app startup.');
      const metadata = functionMetadata.parse(given);
      const { name } = metadata;
      checkName(name);
      if (typeof callback !== 'function') {
        throw new Error(`The handler of function "${name}" is not a function.`);
      }
      registered.set(name, { metadata, callback });
      return new Disposable(() => {
        if (isLocked) throw new Error('A function can only be disposed during app startup.');
        registered.delete(name);
      });
    },
    functions: () => [...registered.values()],
    lock() {
      isLocked = true;
    },
  };
}
