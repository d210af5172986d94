// GoRules ZEN: a decision graph of an expression node and two first-hit decision tables, made once and evaluated for
// each subject through its Node binding.
import { ZenEngine } from '@gorules/zen-engine';
import { bands, scores } from '../sql/names.mjs';

function table(id, input, output, rows) {
  return {
    id,
    name: id,
    type: 'decisionTableNode',
    content: {
      hitPolicy: 'first',
      inputs: [{ id: 'i', name: input, field: input }],
      outputs: [{ id: 'o', name: output, field: output }],
      rules: rows.map(([i, o], at) => ({ _id: `${id}${at}`, i, o })),
    },
  };
}

function graph(field) {
  const fields = scores.map(field);
  const nodes = [
    { id: 'in', name: 'in', type: 'inputNode' },
    {
      id: 'sums',
      name: 'sums',
      type: 'expressionNode',
      content: {
        expressions: [
          { id: 'a', key: 'percent', value: `ceil((${fields.join(' + ')}) * 100 / 36)` },
          { id: 'b', key: 'worst', value: `some([${fields.join(', ')}], # == 1)` },
        ],
      },
    },
    table('grades', 'percent', 'grade', [
      ...bands.map(([least, name]) => [`>= ${least}`, `"${name}"`]),
      ['', '"inadequate"'],
    ]),
    table('flags', 'worst', 'flag', [
      ['true', 'true'],
      ['', 'false'],
    ]),
    { id: 'out', name: 'out', type: 'outputNode' },
  ];
  const edges = [
    ['in', 'sums'],
    ['sums', 'grades'],
    ['sums', 'flags'],
    ['grades', 'out'],
    ['flags', 'out'],
  ].map(([sourceId, targetId], at) => ({ id: `e${at}`, type: 'edge', sourceId, targetId }));
  return { nodes, edges };
}

function encoding(name, says, field) {
  return {
    name,
    says,
    async decide(subjects) {
      const decision = new ZenEngine().createDecision(graph(field));
      const verdicts = [];
      const begin = performance.now();
      for (const subject of subjects) {
        try {
          const { result } = await decision.evaluate(subject);
          verdicts.push({ grade: result.grade ?? null, flag: result.flag ?? null });
        } catch {
          verdicts.push({ grade: null, flag: null });
        }
      }
      return { verdicts, seconds: (performance.now() - begin) / 1000 };
    },
  };
}

export const encodings = [
  encoding('fields with ?? 0', 'null coalescing, as its syntax page shows', (name) => `(${name} ?? 0)`),
  encoding('fields read as they are', 'a null in a sum is an error', (name) => name),
];
