import { InvalidArgumentError } from 'commander';

/** Reads a whole number from the command line. By hand: help must not wait until a library of schemas is loaded. */
export const wholeNumberOption =
  (least: number, most: number, expected = `Give a whole number from ${least} to ${most}.`) =>
  (text: string): number => {
    const number = /^-?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(expected);
  };
