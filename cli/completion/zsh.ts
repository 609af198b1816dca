import { type CommandNode, flattened } from './commandTree.ts';

/** A script for zsh: for a folder of its `fpath`, or to be sourced. */
export function zshScript(tree: CommandNode): string {
  const nodes = flattened(tree);
  const paths = nodes.filter(({ words }) => words.length > 0).map((node) => quoted(pathOf(node)));
  return `#compdef job-router
# Completion of job-router for zsh.
_job_router() {
  local at='' index
  local -a entries
  for ((index = 2; index < CURRENT; index++)); do
    case "\${at:+$at }\${words[index]}" in
      ${paths.join(' | ')}) at="\${at:+$at }\${words[index]}" ;;
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  case "$at" in
${nodes.map(entriesCase).join('\n')}
  esac
  _describe 'job-router' entries || _files
}
if [[ "\${funcstack[1]}" == "_job_router" ]]; then
  _job_router "$@"
else
  compdef _job_router job-router
fi`;
}

const pathOf = ({ words }: CommandNode): string => words.join(' ');
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A word with what it means; a colon separates the two. */
const entry = (word: string, meaning: string): string => quoted(`${word.replaceAll(':', '\\:')}:${meaning}`);

/** After an option that takes a value: its choices, or files. */
const valueCases = (node: CommandNode): readonly string[] =>
  node.options
    .filter(({ takesValue }) => takesValue)
    .map(({ long, choices }) => {
      const reply = choices.length === 0 ? '_files' : `compadd ${choices.map(quoted).join(' ')}`;
      return `    ${quoted(`${pathOf(node)} ${long}`)}) ${reply}; return ;;`;
    });

function entriesCase(node: CommandNode): string {
  const entries = [
    ...node.commands.map((inner) => entry(inner.words.at(-1) ?? '', inner.description)),
    ...node.choices.map((choice) => entry(choice, '')),
    ...node.options.map(({ long, description }) => entry(long, description)),
  ];
  return `    ${quoted(pathOf(node))}) entries=(${entries.join(' ')}) ;;`;
}
