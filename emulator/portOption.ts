import { wholeNumberOption } from './wholeNumberOption.ts';

const LARGEST_PORT = 65_535;

/** Reads a TCP port from the command line; 0 takes a free one. */
export const portOption = wholeNumberOption(
  0,
  LARGEST_PORT,
  `A port is a whole number from 0 to ${LARGEST_PORT}.`,
);
