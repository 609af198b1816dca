/** What the control routes say when they cannot do what they are asked. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** Thrown anywhere below a control route; becomes its answer. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';
  readonly status: 400 | 404 | 409;
  readonly code: string;

  constructor(status: 400 | 404 | 409, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What `schema` makes of a body or a path, or the problem that lists all that is wrong with it. */
export function asked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ControlProblem(400, 'InvalidRequest', z.prettifyError(parsed.error));
}

export const sendProblem = (reply: FastifyReply, status: number, code: string, message: string) =>
  reply.status(status).send({ error: { code, message } });
