import { type CommandNode, flattened } from './commandTree.ts';

/** A script for bash 4 and newer, and for the 3.2 of macOS. */
export function bashScript(tree: CommandNode): string {
  const nodes = flattened(tree);
  const paths = nodes.filter(({ words }) => words.length > 0).map((node) => `'${pathOf(node)}'`);
  return `# Completion of job-router for bash.
_job_router() {
  local at='' index words=''
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${at:+$at }\${COMP_WORDS[index]}" in
      ${paths.join(' | ')}) at="\${at:+$at }\${COMP_WORDS[index]}" ;;
    esac
  done
  case "$at $previous" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  case "$at" in
${nodes.map(wordsCase).join('\n')}
  esac
  # Options are offered to whoever has begun one, so that files are to everybody else.
  [[ "$current" == -* ]] || words="\${words%%--*}"
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _job_router job-router`;
}

const pathOf = ({ words }: CommandNode): string => words.join(' ');

/** After an option that takes a value: its choices, or files. */
const valueCases = (node: CommandNode): readonly string[] =>
  node.options
    .filter(({ takesValue }) => takesValue)
    .map(({ long, choices }) => {
      const reply =
        choices.length === 0 ? '' : `COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); `;
      return `    '${pathOf(node)} ${long}') ${reply}return ;;`;
    });

function wordsCase(node: CommandNode): string {
  const words = [
    ...node.commands.map(({ words: inner }) => inner.at(-1)),
    ...node.choices,
    ...node.options.map(({ long }) => long),
  ];
  return `    '${pathOf(node)}') words='${words.join(' ')}' ;;`;
}
