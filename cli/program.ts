/** The command line, all of it: every command with its words. What a command does is loaded when it is asked for. */
import { Command } from 'commander';
import { addRoutingCommands } from './routing/routingCommands.ts';

export function createProgram(): Command {
  const program = new Command('job-router').description('x').showHelpAfterError();
  addRoutingCommands(program);
  return program;
}
