import type { Assertion } from '../facts/facts.ts';
import { missingFrom } from './difference.ts';

const file = 'infra/modules/webhookAuthentication.bicep';

/** With webhook authentication on, whatever is not listed as open asks for Event Grid's token. */
export const openRoutes: Assertion = {
  title: 'Webhook authentication covers receiveRouterEvents and no other route',
  overSources: ({ app, sources }) => {
    const list = /excludedPaths: \[([^\]]*)\]/.exec(sources.files[file] ?? '')?.[1] ?? '';
    const open = [...list.matchAll(/'\/api\/([^']*)'/g)].map(([, path = '']) => path);
    const routes = app.functions.filter(
      ({ name, route }) => route !== undefined && name !== 'receiveRouterEvents',
    );
    const guarded = app.functions.find(({ name }) => name === 'receiveRouterEvents')?.route ?? '';
    return [
      ...missingFrom(
        { where: 'src/functions', names: routes.map(({ route }) => (route ?? '').replace(/\{.*$/, '*')) },
        { where: `${file} (excludedPaths)`, names: open },
        'route',
      ),
      ...(open.includes(guarded) ? [`route ${guarded} is open in ${file}`] : []),
    ];
  },
};
