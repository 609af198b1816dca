/**
 * Answers `require('@azure/functions-core')`, a module that exists inside Microsoft's worker only, in the way the
 * worker does it: by standing in front of `Module.prototype.require`. It reaches ES module apps too, because the
 * library they import is CommonJS.
 *
 * The patch is one per process, however many hosts run in it: the host that was started last answers, and the
 * original comes back when the last one has gone, in whatever order they go.
 */
import Module from 'node:module';

const CORE_MODULE = '@azure/functions-core';

interface Supplier {
  readonly coreModule: object;
  wasAsked: boolean;
}

const suppliers: Supplier[] = [];
let original: typeof Module.prototype.require | undefined;

function patch(): void {
  original = Module.prototype.require;
  Module.prototype.require = new Proxy(original, {
    apply(target, self, args: [string]) {
      const supplier = suppliers.at(-1);
      if (args[0] !== CORE_MODULE || !supplier) return Reflect.apply(target, self, args);
      supplier.wasAsked = true;
      return supplier.coreModule;
    },
  });
}

function unpatch(): void {
  if (original) Module.prototype.require = original;
  original = undefined;
}

export interface SuppliedModule {
  /** Whether anybody has asked for the module yet. An app nobody asked for runs the library in its test mode. */
  wasAsked(): boolean;
  /** Takes the module away again. */
  withdraw(): void;
}

export function supplyCoreModule(coreModule: object): SuppliedModule {
  const supplier: Supplier = { coreModule, wasAsked: false };
  if (suppliers.length === 0) patch();
  suppliers.push(supplier);
  return {
    wasAsked: () => supplier.wasAsked,
    withdraw() {
      const position = suppliers.indexOf(supplier);
      if (position < 0) return;
      suppliers.splice(position, 1);
      if (suppliers.length === 0) unpatch();
    },
  };
}
