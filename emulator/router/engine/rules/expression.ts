/** The part of Power Fx that rules are written in, as a tree. Reading the text is a port (`parseExpression`). */
import type { Scalar } from '../model/values.ts';

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/';

export type Expression =
  | { readonly kind: 'literal'; readonly value: Scalar }
  /** `job.Region` or `worker.'Some-Skill'`; undefined stands for Power Fx's Blank. */
  | { readonly kind: 'label'; readonly of: 'job' | 'worker'; readonly key: string }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'concatenation'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] }
  | { readonly kind: 'not' | 'negative'; readonly operand: Expression }
  /** Pairs of condition and result, tried in order; `otherwise` absent means Blank. */
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly condition: Expression; readonly result: Expression }[];
      readonly otherwise?: Expression;
    };

/** `problem` names the construct that is not supported, or what is wrong with the text. */
export type ParsedExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly problem: string };
