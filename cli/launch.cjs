#!/usr/bin/env node
/**
 * Where `npx job-router` begins, on whatever Node the machine has. The command line itself runs from its sources, which takes
 * Node 24; `npm ci` brings it.
 */
'use strict';
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { constants } = require('node:os');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const NEEDED = 24;
const main = join(__dirname, 'main.ts');

if (Number.parseInt(process.versions.node, 10) >= NEEDED) {
  void import(pathToFileURL(main).href);
} else {
  const folder = join(__dirname, '../node_modules/node/bin');
  const node = ['node', 'node.exe'].map((name) => join(folder, name)).find(existsSync);
  if (node === undefined) {
    console.error(
      `job-router needs Node ${NEEDED}, and this is ${process.version}. Fix: npm ci, which brings it, in ${join(__dirname, '..')}`,
    );
    process.exitCode = 1;
  } else {
    runWith(node);
  }
}

function runWith(node) {
  // The channel tells the child when this process is gone, even where it was killed and could say nothing.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to both processes, and a second one would cut short what the command does about the first.
  const isAtTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  process.on('SIGINT', () => isAtTerminal || child.kill('SIGINT'));
  child.on('error', (problem) => {
    console.error(`Node ${NEEDED} could not be started: ${problem.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}
