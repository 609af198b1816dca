/** Parameters and outputs of a Bicep file with their decorators, read line by line: declarations start a line. */
export interface Declaration {
  readonly keyword: 'param' | 'output';
  readonly name: string;
  /** The rest of the line: type and value. */
  readonly rest: string;
  /** The decorators above it, whole. */
  readonly decorators: string;
}

export function declarationsIn(text: string): readonly Declaration[] {
  const declarations: Declaration[] = [];
  let decorators = '';
  for (const line of text.split('\n')) {
    const declared = /^(param|output) (\w+) ?(.*)$/.exec(line);
    if (declared !== null) {
      const [, keyword, name = '', rest = ''] = declared;
      declarations.push({ keyword: keyword === 'param' ? 'param' : 'output', name, rest, decorators });
      decorators = '';
    } else if (line.startsWith('@')) decorators += `${line}\n`;
    else if (line === '') decorators = '';
  }
  return declarations;
}

export const parametersIn = (text: string): readonly Declaration[] =>
  declarationsIn(text).filter(({ keyword }) => keyword === 'param');

export const outputsIn = (text: string): readonly Declaration[] =>
  declarationsIn(text).filter(({ keyword }) => keyword === 'output');

/** Names given to readEnvironmentVariable in a parameter file. */
export const environmentVariablesIn = (text: string): readonly string[] =>
  [...text.matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(([, name = '']) => name);
