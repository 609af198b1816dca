/** What `npm run dev` signs requests for work with; well known, as they go to endpoints of this machine. */
export const DEVELOPMENT_WORK_SECRET = 'whsec_am9iLXJvdXRlci1kZXZlbG9wbWVudC13b3JrLXNlY3JldA==';
