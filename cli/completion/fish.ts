import { type CommandNode, flattened, type OptionWord } from './commandTree.ts';

/** A script for fish. */
export function fishScript(tree: CommandNode): string {
  const nodes = flattened(tree);
  const paths = nodes.filter(({ words }) => words.length > 0).map((node) => quoted(pathOf(node)));
  return `# Completion of job-router for fish.
set -g __job_router_paths ${paths.join(' ')}
function __job_router_at
    set -l at
    for word in (commandline -opc)[2..-1]
        set -l next (string trim -- "$at $word")
        contains -- $next $__job_router_paths; and set at $next
    end
    test "$at" = "$argv[1]"
end
${nodes.flatMap(linesOf).join('\n')}`;
}

const pathOf = ({ words }: CommandNode): string => words.join(' ');
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function linesOf(node: CommandNode): readonly string[] {
  const here = `complete -c job-router -n ${quoted(`__job_router_at ${quoted(pathOf(node))}`)}`;
  return [
    ...node.commands.map(
      ({ words, description }) => `${here} -f -a ${quoted(words.at(-1) ?? '')} -d ${quoted(description)}`,
    ),
    ...(node.choices.length > 0 ? [`${here} -f -a ${quoted(node.choices.join(' '))}`] : []),
    ...node.options.map((option) => `${here} ${optionOf(option)}`),
  ];
}

function optionOf({ long, description, takesValue, choices }: OptionWord): string {
  const name = `-l ${long.replace(/^--/, '')} -d ${quoted(description)}`;
  if (choices.length > 0) return `${name} -x -a ${quoted(choices.join(' '))}`;
  return takesValue ? `${name} -r` : name;
}
