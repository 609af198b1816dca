import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRecords } from '../../../../emulator/journal/records.ts';
import { openWriter } from '../../../../emulator/journal/writer.ts';
import { newFolder, removeFolder } from '../../../support/durableRouter.ts';

let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});
afterEach(() => removeFolder(folder));

const textsIn = async (name: string) => readRecords(await readFile(join(folder, name))).texts;

it('has written what is said to be kept, in order', async () => {
  const writer = await openWriter(join(folder, 'a'));
  for (const text of ['one', 'two', 'three']) writer.append(text);
  await writer.kept();
  expect(await textsIn('a')).toEqual(['one', 'two', 'three']);
  await writer.kept();
  await writer.close();
});

it('lets those go on whose records are safe, however many others come', async () => {
  const writer = await openWriter(join(folder, 'a'));
  let isDone = false;
  let appended = 0;
  const pour = () => {
    if (isDone) return;
    writer.append(`record ${++appended}`);
    setImmediate(pour);
  };
  pour();
  await writer.kept();
  isDone = true;
  await writer.close();
  expect(await textsIn('a')).toHaveLength(appended);
});

it('moves to another file between what was appended before and after', async () => {
  const writer = await openWriter(join(folder, 'a'));
  writer.append('before');
  writer.inTurn(async () => join(folder, 'b'));
  writer.append('after');
  await writer.close();
  expect([await textsIn('a'), await textsIn('b')]).toEqual([['before'], ['after']]);
});

it('keeps nothing any more once something could not be kept', async () => {
  const writer = await openWriter(join(folder, 'a'));
  writer.inTurn(() => Promise.reject(new Error('The disk is full')));
  await expect(writer.kept()).rejects.toThrow('The disk is full');
  writer.append('too late');
  await expect(writer.kept()).rejects.toThrow('The disk is full');
  await expect(writer.close()).rejects.toThrow('The disk is full');
  expect(await textsIn('a')).toEqual([]);
});
