// Read by the architecture tests: every source file of the project with what it imports and exports.
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { rooms, targetOf, type Import } from './house.ts';

export interface Source {
  /** Below the project's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly (Import & {
    /** Names taken from there; `*` for the whole module. */
    readonly names: readonly string[];
  })[];
  /** Names of exported values; types are left out, since they serve as documentation of a signature. */
  readonly exportedValues: readonly string[];
}

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Every source file, by path. */
export async function readSources(): Promise<Source[]> {
  const patterns = [`{${Object.keys(rooms).join(',')}}/**/*.{ts,tsx,js}`, '*.{ts,js}'];
  const sources: Source[] = [];
  for await (const found of glob(patterns, { cwd: projectFolder })) {
    const path = found.split(sep).join('/');
    sources.push(parseSource(path, readFileSync(join(projectFolder, path), 'utf8')));
  }
  return sources.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One file's imports and exports, from its text alone. */
export function parseSource(path: string, text: string): Source {
  const kind = /x$/.test(path) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind);
  const imports: { from: string; specifier: string; typeOnly: boolean; names: string[] }[] = [];
  const add = (specifier: ts.Expression | undefined, typeOnly: boolean, names: string[]): void => {
    if (specifier !== undefined && ts.isStringLiteral(specifier))
      imports.push({ from: path, specifier: specifier.text, typeOnly, names });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      add(node.moduleSpecifier, isTypeOnly(clause), namesOf(clause));
    } else if (ts.isExportDeclaration(node)) {
      const clause = node.exportClause;
      const names = clause !== undefined && ts.isNamedExports(clause) ? elementNames(clause) : ['*'];
      add(node.moduleSpecifier, node.isTypeOnly, names);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false, ['*']);
    } else if (ts.isCallExpression(node) && isRequire(node.expression)) {
      add(node.arguments[0], false, ['*']);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) add(node.argument.literal, true, ['*']);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path, text, imports, exportedValues: tree.statements.flatMap(exportedValuesOf) };
}

/** `require`, `createRequire(…)`, and `resolve` of either or of `import.meta`: ways to a package beside import. */
function isRequire(callee: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(callee))
    return (
      callee.name.text === 'resolve' && (ts.isMetaProperty(callee.expression) || isRequire(callee.expression))
    );
  if (ts.isCallExpression(callee))
    return ts.isIdentifier(callee.expression) && callee.expression.text === 'createRequire';
  return ts.isIdentifier(callee) && callee.text === 'require';
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  if (clause.name !== undefined || named === undefined || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((one) => one.isTypeOnly);
}

const elementNames = (named: ts.NamedImports | ts.NamedExports): string[] =>
  named.elements.map((one) => (one.propertyName ?? one.name).text);

function namesOf(clause: ts.ImportClause | undefined): string[] {
  const names = clause?.name === undefined ? [] : ['default'];
  const named = clause?.namedBindings;
  if (named === undefined) return names;
  return ts.isNamespaceImport(named) ? ['*'] : [...names, ...elementNames(named)];
}

function exportedValuesOf(node: ts.Statement): string[] {
  if (!ts.canHaveModifiers(node)) return [];
  const modifiers = (ts.getModifiers(node) ?? []).map((one) => one.kind);
  if (!modifiers.includes(ts.SyntaxKind.ExportKeyword)) return [];
  if (modifiers.includes(ts.SyntaxKind.DefaultKeyword)) return [];
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node))
    return node.name === undefined ? [] : [node.name.text];
  if (!ts.isVariableStatement(node)) return [];
  return node.declarationList.declarations.flatMap((one) =>
    ts.isIdentifier(one.name) ? [one.name.text] : [],
  );
}

/** Files that import each other in a ring, types aside; each ring once, as paths. */
export function ringsOf(sources: readonly Source[]): string[][] {
  const edges = new Map(
    sources.map((one) => [
      one.path,
      one.imports.filter((each) => !each.typeOnly && each.specifier.startsWith('.')).map(targetOf),
    ]),
  );
  const rings: string[][] = [];
  const finished = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) rings.push([...trail.slice(seenAt), path]);
    if (seenAt >= 0 || finished.has(path)) return;
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
    finished.add(path);
  };
  for (const path of edges.keys()) walk(path, []);
  return rings;
}

/** Exported values that nobody names, neither another file nor their own, as `path: name`. */
export function deadExportsOf(sources: readonly Source[], isEntry: (path: string) => boolean): string[] {
  const used = new Map<string, Set<string>>();
  for (const source of sources)
    for (const one of source.imports) {
      if (!one.specifier.startsWith('.')) continue;
      const names = used.get(targetOf(one)) ?? new Set<string>();
      for (const name of one.names) names.add(name);
      used.set(targetOf(one), names);
    }
  return sources
    .filter((source) => !isEntry(source.path))
    .flatMap((source) => {
      const names = used.get(source.path) ?? new Set<string>();
      const isDead = (name: string): boolean =>
        !names.has(name) && !names.has('*') && countOf(name, source.text) < 2;
      return source.exportedValues.filter(isDead).map((name) => `${source.path}: ${name}`);
    });
}

const countOf = (name: string, text: string): number =>
  text.split(new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`)).length - 1;
