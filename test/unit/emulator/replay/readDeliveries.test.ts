import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readDeliveries } from '../../../../emulator/replay/readDeliveries.ts';

/** Writes files into a folder of their own, which goes away when the test ends. What is no text becomes JSON. */
function writeFiles(files: Readonly<Record<string, unknown>>): string {
  const root = mkdtempSync(join(tmpdir(), 'replay-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

describe('an event file', () => {
  it('is one delivery, named by the file and its folder', async () => {
    const root = writeFiles({ 'RouterJobClosed/voice.json': { id: '1', data: { jobId: 'job-1' } } });
    expect(await readDeliveries(join(root, 'RouterJobClosed/voice.json'))).toEqual([
      { name: 'RouterJobClosed/voice.json', events: [{ id: '1', data: { jobId: 'job-1' } }] },
    ]);
  });

  it('that holds several events is one delivery for each of them', async () => {
    const root = writeFiles({ 'all/two.json': [{ id: '1' }, { id: '2' }] });
    expect(await readDeliveries(join(root, 'all/two.json'))).toEqual([
      { name: 'all/two.json', events: [{ id: '1' }] },
      { name: 'all/two.json', events: [{ id: '2' }] },
    ]);
  });

  it.each([
    ['a text', '"text"', 'text'],
    ['null', 'null', null],
    ['a story without events', '{"story":"once"}', { story: 'once' }],
  ])('that holds %s is replayed as it is', async (_case, content, event) => {
    const root = writeFiles({ 'bad/event.json': content });
    expect(await readDeliveries(join(root, 'bad/event.json'))).toEqual([
      { name: 'bad/event.json', events: [event] },
    ]);
  });

  it('that is no JSON is refused by its name', async () => {
    const file = join(writeFiles({ 'broken.json': '{' }), 'broken.json');
    await expect(readDeliveries(file)).rejects.toThrow(`${file} is not JSON: `);
  });

  it('that is not there is refused by its name', async () => {
    const file = join(writeFiles({}), 'nowhere.json');
    await expect(readDeliveries(file)).rejects.toThrow(`There is no file or folder ${file}`);
  });
});

describe('a folder', () => {
  it('stands for the event files in it and below it, in the order of their paths', async () => {
    const root = writeFiles({
      'b/2.json': { id: '3' },
      'b/1.json': { id: '2' },
      'a/9.json': { id: '1' },
      'provenance.json': { from: 'where the files are from' },
      'a/README.md': 'about the files',
    });
    expect(await readDeliveries(root)).toEqual([
      { name: 'a/9.json', events: [{ id: '1' }] },
      { name: 'b/1.json', events: [{ id: '2' }] },
      { name: 'b/2.json', events: [{ id: '3' }] },
    ]);
  });

  it('without event files is refused', async () => {
    const root = writeFiles({ 'README.md': 'nothing here', 'provenance.json': {} });
    await expect(readDeliveries(root)).rejects.toThrow(`${root} holds no .json files`);
  });
});

describe('a story', () => {
  const FIXTURES = {
    'fixtures/events/Closed/voice.json': { id: '1', data: { jobId: 'job-1', labels: { skill: 11 } } },
    'fixtures/events/Queued/voice.json': { id: '2' },
  };

  /** The deliveries of a story that stands where stories stand: two folders beside the fixtures. */
  function deliveriesOf(told: object) {
    const root = writeFiles({ ...FIXTURES, 'replay/stories/told.json': { story: 'is told', ...told } });
    return readDeliveries(join(root, 'replay/stories/told.json'));
  }

  const EVENTS = [
    { event: 'Closed/voice.json', with: { 'data.jobId': 'job-2', subject: 'job/job-2' }, to: 'tidyJob' },
    { event: 'Queued/voice.json' },
  ];
  const CLOSED = { id: '1', data: { jobId: 'job-2', labels: { skill: 11 } }, subject: 'job/job-2' };

  it('by triggers delivers its events one by one, changed as it says and to whom it says', async () => {
    expect(await deliveriesOf({ via: 'triggers', events: EVENTS })).toEqual([
      { name: 'Closed/voice.json', events: [CLOSED], to: { functionName: 'tidyJob' } },
      { name: 'Queued/voice.json', events: [{ id: '2' }] },
    ]);
  });

  it('by webhook delivers its events one by one to the webhook', async () => {
    expect(await deliveriesOf({ via: 'webhook', events: EVENTS })).toEqual([
      { name: 'Closed/voice.json', events: [CLOSED], to: 'webhook' },
      { name: 'Queued/voice.json', events: [{ id: '2' }], to: 'webhook' },
    ]);
  });

  it('by batch delivers its events together to the webhook', async () => {
    expect(await deliveriesOf({ via: 'batch', events: EVENTS })).toEqual([
      { name: 'told.json', events: [CLOSED, { id: '2' }], to: 'webhook' },
    ]);
  });

  it('that names a fixture nobody has is refused', async () => {
    const told = deliveriesOf({ via: 'triggers', events: [{ event: 'Closed/chat.json' }] });
    await expect(told).rejects.toThrow(/ENOENT.*chat\.json/);
  });
});
