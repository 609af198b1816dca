/** base64; well known, as the emulator listens on loopback only. */
export const DEVELOPMENT_ACCESS_KEY = 'am9iLXJvdXRlci1lbXVsYXRvci1kZXZlbG9wbWVudC1rZXk=';
