import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { planText } from '../../../../cli/routing/planText.ts';
import type { Plan } from '../../../../src/routing/model.ts';

const empty: Plan = {
  format: 1,
  router: 'here:7080',
  owner: 'support',
  levels: [],
  unchanged: [],
  untouched: 0,
  refusals: [],
  consequences: [],
  notices: [],
  calls: 0,
  etags: {},
};

const full: Plan = {
  ...empty,
  levels: [
    [
      {
        kind: 'queues',
        id: 'new',
        action: 'create',
        fields: [
          { path: ['name'], after: 'New' },
          { path: ['labels', 'Tier'], after: 1 },
        ],
      },
      {
        kind: 'queues',
        id: 'old',
        action: 'update',
        fields: [
          { path: ['name'], before: 'Old', after: 'Older' },
          { path: ['labels', 'Tier'], before: 1 },
        ],
      },
    ],
    [{ kind: 'workers', id: 'w', action: 'delete', fields: [] }],
  ],
  unchanged: ['queues/same'],
  untouched: 3,
  refusals: [
    {
      kind: 'queues',
      id: 'busy',
      action: 'delete',
      status: 409,
      reasons: [{ code: 'InUse', message: 'A job waits', because: ['jobs/j'] }],
    },
  ],
  consequences: [
    { kind: 'jobLosesWorkers', jobId: 'j', queueId: 'busy', workerIds: ['w'], detail: 'Job j would be lost' },
  ],
  notices: [{ kind: 'queues', id: 'x', detail: 'belongs to "other"' }],
  calls: 4,
};

describe('a plan for people', () => {
  it('shows every change with its fields aligned, what is refused, what follows, and how many calls it takes', () => {
    expect(planText(full, createColors(false))).toBe(
      `Plan for here:7080, owner support

  + create  queues/new
            name         "New"
            labels.Tier  1
  ~ update  queues/old
            name         "Old" → "Older"
            labels.Tier  1     → (nothing)
  - delete  workers/w

Would be refused, and is not attempted
  ! delete  queues/busy  409
            InUse: A job waits (jobs/j)

Consequences
  ! Job j would be lost

To know
  queues/x belongs to "other"

1 to create, 1 to update, 1 to delete. 1 would be refused. 1 unchanged, 3 untouched. Takes 4 calls in 2 levels.`,
    );
  });

  it('says that nothing changes where nothing does', () => {
    expect(planText(empty, createColors(false))).toBe(
      'Plan for here:7080, owner support\n\nNo changes. 0 unchanged, 0 untouched.',
    );
  });

  it('tells additions, changes and deletions apart by colour', () => {
    const [green, yellow, red] = [32, 33, 31].map((code) => `\u001b[${code}m`);
    const text = planText(full, createColors(true));
    expect(text).toContain(`${green}+ create  queues/new`);
    expect(text).toContain(`${yellow}~ update  queues/old`);
    expect(text).toContain(`${red}- delete  workers/w`);
  });

  it('counts what is created in two parts once', () => {
    const first = { kind: 'queues', id: 'q', action: 'create', fields: [], isPartial: true } as const;
    const second = { kind: 'queues', id: 'q', action: 'update', fields: [] } as const;
    const text = planText({ ...empty, levels: [[first], [second]], calls: 2 }, createColors(false));
    expect(text).toContain('1 to create. 0 unchanged, 0 untouched. Takes 2 calls in 2 levels.');
  });

  it('keeps a terminal from obeying what somebody has hidden in a name', () => {
    const change = { kind: 'queues', id: 'q\u001b[2J', action: 'delete', fields: [] } as const;
    expect(planText({ ...empty, levels: [[change]] }, createColors(false))).not.toContain('\u001b');
  });
});
