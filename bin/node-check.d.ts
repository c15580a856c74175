// Read by the compiler only: the types of node-check.js, which an old Node reads.
export function nodeProblem(
  versions: { readonly node: string; readonly napi?: string | undefined },
  features: { readonly typescript?: false | string | undefined },
  fromSources: boolean,
): string | null;
