import { serve } from '../http/serve.ts';
import { acceptOwnOfferEndpoint } from '../http/workers/acceptOwnOffer.ts';

/** Answers `POST /api/workers/{workerId}/offers/{offerId}/accept`: the worker takes the job. */
export const acceptOwnOffer = serve(acceptOwnOfferEndpoint);
