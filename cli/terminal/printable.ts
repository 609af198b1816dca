const control = /[\p{Cc}\u2028\u2029]/gu;

/**
 * A text from the router as it may be printed. Anybody who may write to the router chooses ids, names and labels, and a
 * terminal obeys what is hidden in them.
 */
export const printable = (text: string): string =>
  text.replaceAll(control, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
