// Cedar by @cedar-policy/cedar-wasm: policies parsed once. Cedar answers yes or no, so each grade and the flag is a
// question of its own: five a subject.
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { grades, scores, sum_bands } from '../sql/names.mjs';

function policies(number, test) {
  const total = scores.map(number).join(' + ');
  const permit = (action, condition) =>
    `permit(principal, action == Action::"${action}", resource) when { ${condition} };`;
  let below = null;
  const rated = sum_bands.map(([least, name]) => {
    const text = permit(name, `${total} >= ${least}` + (below === null ? '' : ` && ${total} < ${below}`));
    below = least;
    return text;
  });
  // The pattern of permit unless forbidden: a policy that fails with an error is passed over.
  return [
    ...rated,
    permit('inadequate', `${total} < ${below}`),
    'permit(principal, action == Action::"clear", resource);',
    `forbid(principal, action == Action::"clear", resource) when { ${scores.map(test).join(' || ')} };`,
  ].join('\n');
}

const id = (type, name) => ({ type, id: name });

function encoding(name, says, number, test) {
  return {
    name,
    says,
    async decide(subjects) {
      const parsed = cedar.preparsePolicySet(name, { staticPolicies: policies(number, test) });
      if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed));
      const ask = (action, resource, entities) =>
        cedar.statefulIsAuthorized({
          principal: id('User', 'reader'),
          action: id('Action', action),
          resource,
          context: {},
          preparsedPolicySetId: name,
          entities,
        }).response.decision === 'allow';
      const begin = performance.now();
      const verdicts = subjects.map((subject, at) => {
        const resource = id('Council', `${at}`);
        const entities = [{ uid: resource, attrs: subject, parents: [] }];
        const allowed = grades.filter((grade) => ask(grade, resource, entities));
        return { grade: allowed[0] ?? null, flag: !ask('clear', resource, entities) };
      });
      return { verdicts, seconds: (performance.now() - begin) / 1000 };
    },
  };
}

export const encodings = [
  encoding(
    'guarded by `has`',
    'resource has x && ..., else 0',
    (name) => `(if resource has ${name} then resource.${name} else 0)`,
    (name) => `(resource has ${name} && resource.${name} == 1)`,
  ),
  encoding(
    'attributes read as they are',
    'a policy that errs is passed over',
    (name) => `resource.${name}`,
    (name) => `resource.${name} == 1`,
  ),
];
