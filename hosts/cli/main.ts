// Runs as the command line: reads the arguments, loads the one command that is called, ends with its exit code.
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { WrongUse, type CommandSpec, type OptionSpec } from './command.ts';
import { commands, groups } from './command-table.ts';
import type { MessageKey } from './messages/en.ts';
import { EXIT, runCommand } from './run.ts';
import { createSay, languageOf, type Say } from './say.ts';

// What is compiled (and stripped of its types) once need not be so at the next start.
enableCompileCache();

const say = createSay(languageOf(process.env));

/** Headings of the help in the person's language. */
const titles: Readonly<Record<string, MessageKey>> = {
  'Usage:': 'help.usage',
  'Arguments:': 'help.arguments',
  'Options:': 'help.options',
  'Global Options:': 'help.global-options',
  'Commands:': 'help.commands',
};

/** What commander complains of, by its code. */
const complaints: Readonly<Record<string, MessageKey>> = {
  'commander.unknownCommand': 'wrong.command',
  'commander.unknownOption': 'wrong.option',
  'commander.missingArgument': 'wrong.missing-argument',
  'commander.optionMissingArgument': 'wrong.missing-value',
  'commander.excessArguments': 'wrong.too-many',
  'commander.invalidArgument': 'wrong.value',
};

function optionOf({ flags, repeat, read, choices }: OptionSpec): Option {
  const option = new Option(flags);
  option.description = say(`option.${option.name()}` as MessageKey);
  const readText = (text: string): unknown => {
    if (choices !== undefined && !choices.includes(text))
      throw new InvalidArgumentError(`"${text}": ${choices.join(', ')}`);
    try {
      return read === undefined ? text : read(text);
    } catch (error) {
      throw error instanceof WrongUse ? new InvalidArgumentError(error.message) : error;
    }
  };
  if (option.required)
    option.argParser((text: string, before: unknown) =>
      repeat === true ? [...((before ?? []) as unknown[]), readText(text)] : readText(text),
    );
  return option;
}

/** Settings that every command of the tree shares. */
function dressed(command: Command): Command {
  return command
    .exitOverride()
    .helpOption('-h, --help', say('option.help'))
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => (titles[title] === undefined ? title : say(titles[title])),
    })
    .configureOutput({ outputError: () => undefined });
}

/** Two dashes, or one before a single Latin letter, mean an option; behind a lone `--` everything is text. */
const isMistyped = (word: string): boolean => /^-(-|\w$)/.test(word) && !process.argv.includes('--');

function addCommand(parent: Command, spec: CommandSpec, finish: (code: number) => void): void {
  const name = spec.name.split(' ').at(-1) ?? spec.name;
  const command = dressed(parent.command(name)).description(say(`command.${spec.name}` as MessageKey));
  for (const arg of spec.args?.split(' ') ?? []) command.argument(arg);
  for (const option of spec.options ?? []) command.addOption(optionOf(option));
  if (spec.passThrough === true) command.argument('[options...]').allowUnknownOption();
  if (spec.minusIsText === true) command.allowUnknownOption();
  command.addHelpText('after', `\n${say('help.example')}\n  afterimage ${spec.example}`);
  command.action(async () => {
    const wrong = spec.minusIsText === true ? command.args.find(isMistyped) : undefined;
    if (wrong !== undefined) command.error(`'${wrong}'`, { code: 'commander.unknownOption', exitCode: 1 });
    finish(await runCommand(spec, command.args, command.optsWithGlobals(), say));
  });
}

function build(finish: (code: number) => void): Command {
  const packageUrl = [
    new URL('../../package.json', import.meta.url),
    new URL('../../../package.json', import.meta.url),
  ];
  const program = dressed(new Command('afterimage'))
    .description(say('about'))
    .version(versionIn(packageUrl), '-V, --version', say('option.version'))
    .helpCommand(false)
    .addOption(optionOf({ flags: '--library <dir>' }))
    .addOption(optionOf({ flags: '--json' }))
    .addHelpText('after', `\n${say('help.exit-codes')}`);
  const parents = new Map<string, Command>();
  for (const spec of commands) {
    const [group = ''] = spec.name.split(' ');
    if (!groups.includes(group)) addCommand(program, spec, finish);
    else {
      const parent =
        parents.get(group) ??
        dressed(program.command(group))
          .helpCommand(false)
          .description(say(`command.${group}` as MessageKey));
      parents.set(group, parent);
      addCommand(parent, spec, finish);
    }
  }
  return program;
}

/** package.json lies above the sources, and one folder further above what is built from them. */
function versionIn(places: readonly URL[]): string {
  for (const place of places)
    try {
      const { name, version } = JSON.parse(readFileSync(place, 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (name === 'afterimage' && version !== undefined) return version;
    } catch {
      // The next place.
    }
  return '0';
}

/** Commander's own complaint in the person's language, with the part that it puts in quotes. */
function sayComplaint(error: CommanderError, wording: Say): void {
  if (error.code === 'commander.help') {
    console.error(wording('wrong.no-command'));
    return;
  }
  const plain = error.message.replace(/^error: /, '');
  const key = complaints[error.code];
  const what =
    error.code === 'commander.invalidArgument'
      ? plain.replace(/^.*? is invalid\. /s, '')
      : /'([^']*)'/.exec(plain)?.[1];
  console.error(wording(key ?? 'wrong.other', { what: what ?? plain }));
  console.error(wording('help.hint', { command: 'afterimage' }));
}

async function main(): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = build((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.done;
    sayComplaint(error, say);
    return EXIT.wrongUse;
  }
  return exitCode;
}

/** What was written to a pipe has left this process. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });

// Who reads from us may go away (`| head -1`); a running command is told by its own listener and stops.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

const exitCode = await main();
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit(exitCode);
