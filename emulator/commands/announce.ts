import type { EmulatorSuite } from '../suite.ts';

/** Prints where the router listens and how to reach it. */
export function announceRouter({
  routerUrl,
  connectionString,
  certificatePath,
  eventGrid,
}: EmulatorSuite): void {
  console.log(`Job Router emulator: ${routerUrl}`);
  console.log(`Events, deliveries:  ${routerUrl}/_emulator/events  ${routerUrl}/_emulator/deliveries`);
  console.log(`Controls:            ${routerUrl}/_emulator`);
  if (certificatePath) {
    console.log(`Certificate:         NODE_EXTRA_CA_CERTS=${certificatePath}`);
  }
  for (const { name, endpoint, provisioningState } of eventGrid.subscriptions()) {
    const state = provisioningState === 'Succeeded' ? 'Subscribed:   ' : 'Not yet valid:';
    console.log(`${state}       ${name} -> ${endpoint}`);
  }
  console.log('\nConnection string:');
  console.log(connectionString);
}
